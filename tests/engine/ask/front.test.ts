/** A front is what comparing every point with every other leaves, whatever the order in which they come. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Front } from '../../../src/engine/ask/search/front.ts'

test('points that none dominates, each once, with the first of those that equal it', () => {
  const goals = fc
    .integer({ min: 1, max: 4 })
    .chain((length) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: length, maxLength: length })),
    )
  fc.assert(
    fc.property(goals, fc.array(fc.nat(), { minLength: 1 }), (points, keys) => {
      const placed = points.map((each, place) => ({ place, goals: each }))
      const shuffled = placed
        .map((each, index) => ({ each, key: keys[index % keys.length]! }))
        .toSorted((a, b) => a.key - b.key)
      const front = new Front()
      for (const { each } of shuffled) front.add(each.place, each.goals)
      const isAsGood = (a: number[], b: number[]): boolean => a.every((goal, at) => goal <= b[at]!)
      const best = placed.filter(
        ({ goals: own }) => !points.some((other) => isAsGood(other, own) && !isAsGood(own, other)),
      )
      const expected = best
        .filter(
          ({ goals: own, place }) =>
            !points.slice(0, place).some((other) => String(other) === String(own)),
        )
        .map(({ goals: own, place }) => ({
          place,
          goals: own,
          equal: best.filter((other) => String(other.goals) === String(own)).length,
        }))
      expect(front.sorted().toSorted((a, b) => a.place - b.place)).toEqual(expected)
      const first = front.sorted().map(({ goals: own }) => own[0]!)
      expect(first).toEqual(first.toSorted((a, b) => a - b))
    }),
    { numRuns: 500 },
  )
})
