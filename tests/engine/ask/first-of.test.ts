import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstAmong } from '../../../src/engine/ask/compare/first-of.ts'

test('the first value from which on a condition holds is found between the places that were looked at', () => {
  const places = [1, 2, 4, 8, 16, 32, 64]
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), (from) => {
      expect(firstAmong(places, (value) => value >= from)).toBe(from <= 64 ? from : undefined)
    }),
  )
})
