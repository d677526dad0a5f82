/** Terms add up to what each alone says: one choice of values after another, and row by row over a grid. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ArchcostError } from '../../../src/engine/index.ts'
import { asker, type Family } from '../../../src/engine/ask/family/family.ts'
import type { Term } from '../../../src/engine/ask/family/term.ts'
import { rowsOf } from '../../../src/engine/ask/search/grid.ts'
import { Table, Tables } from '../../../src/engine/ask/search/table.ts'

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
const list = [3, 13, 23]

/** The sums of both columns; null where a term refuses the values. */
function sumsAt(all: readonly Term[], values: readonly number[]): number[] | null {
  const sums = [0, 0]
  try {
    for (const { times, answers, columns } of all)
      if (times(values) !== 0)
        answers(values).forEach((each, index) => {
          sums[columns[index]!]! += times(values) * each
        })
    return sums
  } catch {
    return null
  }
}

test('for random terms, orders of the settings, and walks through rows', () => {
  fc.assert(
    fc.property(
      terms,
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
      fc.array(fc.tuple(fc.nat(26), fc.nat(2)), { maxLength: 20 }),
      (all, order, walk) => {
        const of = {
          settings: list,
          zero: [0, 0],
          terms: all,
          derived: [],
          places: [0, 1],
        } as unknown as Family
        const ask = asker(of)
        const rowAt = rowsOf(of, new Tables([list, list, list], order))
        for (const [place, more] of walk) {
          const count = Math.min(more + 1, 3 - (place % 3))
          const { numbers, problems } = rowAt(place, count)
          for (let at = place; at < place + count; at++) {
            const values: number[] = []
            order.forEach((setting, loop) => {
              values[setting] = list[Math.floor(at / 3 ** (2 - loop)) % 3]!
            })
            const expected = sumsAt(all, values)
            const answers = ask(values)
            if (expected === null) {
              expect(problems[at % 3]).toBeInstanceOf(ArchcostError)
              expect(answers).toBeInstanceOf(ArchcostError)
            } else {
              expect(problems[at % 3]).toBeNull()
              expect(Array.from(numbers.slice(2 * (at % 3), 2 * (at % 3) + 2))).toEqual(expected)
              expect(answers).toEqual(expected)
            }
          }
        }
      },
    ),
  )
})

test('each answer is computed once, refusals too, and of too many the last are kept', () => {
  const count = (choices: number): number => {
    let computed = 0
    const table = new Table(choices, 2, 1, (digit) => {
      computed++
      if (table.at + digit === 7) throw new ArchcostError('invalid_workload', 'is seven')
      return [table.at + digit, 5]
    })
    for (const at of [2, 0, 2, 7, 7, 2 ** 17 + 2, 2])
      for (const digit of [0, 1].filter((each) => at + each < choices)) {
        table.at = at
        const slot = table.find(digit)
        const problem = table.problems[slot]
        if (at + digit === 7) expect(problem!.message).toBe('is seven')
        else
          expect(Array.from(table.answers.slice(2 * slot, 2 * slot + 2))).toEqual([at + digit, 5])
      }
    return computed
  }
  // 0, 1, 2, 3, 7, 8; with many also the two that take the place of 2 and 3, and these once more.
  expect([count(9), count(2 ** 18)]).toEqual([6, 10])
})
