/** Terms add up to what each alone says, whatever is kept of them and in whatever order choices come. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ArchcostError } from '../../../src/engine/index.ts'
import { adder } from '../../../src/engine/ask/family/adder.ts'
import { remembered, type Keep, type Term } from '../../../src/engine/ask/family/term.ts'
import type { Column } from '../../../src/engine/ask/quantity/measure.ts'
import { everyAnswer } from '../../../src/engine/ask/search/scan.ts'

const sums = Array.from({ length: 2 }, () => ({ of: 'sum' }) as Column)

/** Of each setting the values 3, 13, 23, …; a term refuses what its depended values are all 13. */
const termOf = (depends: number[], times_depend: number[], columns: number[]): Term => ({
  columns,
  depends,
  times_depend,
  times: (values) => times_depend.reduce((sum, setting) => sum + (values[setting] as number), -3),
  answers(values) {
    if (depends.length > 1 && depends.every((setting) => values[setting] === 13))
      throw new ArchcostError('invalid_workload', 'is refused', depends.join())
    return columns.map((column) =>
      depends.reduce((sum, setting) => sum * 7 + (values[setting] as number), column),
    )
  },
})

const subset = fc.subarray([0, 1, 2])
const terms = fc.array(
  fc.tuple(subset, subset, fc.subarray([0, 1])).map((each) => termOf(...each)),
  { maxLength: 5 },
)

test('for random terms, orders of the settings, and walks through choices', () => {
  fc.assert(
    fc.property(
      terms,
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
      fc.array(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)), { maxLength: 20 }),
      fc.boolean(),
      (all, order, walk, keepsAll) => {
        const lists = order.map(() => [3, 13, 23])
        const digits = new Int32Array(3)
        const keep: Keep = keepsAll ? everyAnswer(lists, digits) : remembered
        const add = adder(sums, all, order, keep)
        for (const choice of walk) {
          digits.set(choice)
          const values = choice.map((digit) => 10 * digit + 3)
          const found = add(values)
          const expected = [0, 0]
          let refused = false
          for (const { times, answers, columns } of all) {
            if (times(values) === 0) continue
            try {
              answers(values).forEach((each, index) => {
                expected[columns[index]!]! += times(values) * each
              })
            } catch {
              refused = true
            }
          }
          if (refused) expect(found).toBeInstanceOf(ArchcostError)
          else expect([...(found as Float64Array)]).toEqual(expected)
        }
      },
    ),
  )
})

test('each answer is computed once where all are kept, and the last alone where there are too many', () => {
  const count = (length: number): number => {
    let computed = 0
    const list = Array.from({ length }, (_, value) => value)
    const digits = new Int32Array(2)
    const answer = everyAnswer([list, list], digits)([0, 1], ([a, b]) => {
      computed++
      return [Number(a), Number(b)]
    })
    for (const [a, b] of [[2, 2], [0, 1], [2, 2]] as const) {
      digits.set([a, b])
      expect(answer([a, b])).toEqual([a, b])
    } // prettier-ignore
    return computed
  }
  expect([count(3), count(3000)]).toEqual([2, 3])
})
