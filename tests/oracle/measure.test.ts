/** Holds the import against the default config of every model type that could be built. */
import { expect, test } from 'vitest'
import { compare, readMeasured } from './measure/compare.ts'

const compared = readMeasured().map(compare)

test('no model type that is read comes out wrong, or right with a reservation', () => {
  const faults = compared.filter(({ verdict }) => verdict === 'wrong' || verdict === 'unverified')
  expect(faults).toEqual([])
})
