import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bisect, firstAmong, middleOfReal } from '../../../src/engine/ask/bisect.ts'

test('the first value from which on a condition holds is found between the places that were looked at', () => {
  const places = [1, 2, 4, 8, 16, 32, 64]
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), (from) => {
      expect(firstAmong(places, (value) => value >= from)).toBe(from <= 64 ? from : undefined)
    }),
  )
})

test('a condition begins to hold between neighbours, upwards and downwards', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(1e6), fc.nat(1e6), (at, below, above) => {
      expect(bisect(at - below, at + above + 1, (value) => value > at)).toEqual([at, at + 1])
      expect(bisect(at + above, at - below - 1, (value) => value < at)).toEqual([at, at - 1])
    }),
  )
  const [before, first] = bisect(0, 4, (value) => value * value >= 2, middleOfReal)
  expect([before, first]).toContain(Math.SQRT2)
  expect(first - before).toBeLessThan(4 * Number.EPSILON)
})
