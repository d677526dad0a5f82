/** A table answers as what it is made from, however much it may keep. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ArchcostError } from '../../../src/engine/index.ts'
import {
  find,
  indexOf,
  problemOf,
  tableOf,
  type Table,
} from '../../../src/engine/ask/search/table.ts'

const at = (table: Table, digits: Int32Array): number => find(table, indexOf(table, digits), digits)

test('every answer is that of its values, in any order, as often as it is asked for', () => {
  const size = fc.integer({ min: 1, max: 4 })
  fc.assert(
    fc.property(
      fc.tuple(size, size, size),
      fc.subarray([0, 1, 2]),
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 40 }),
      (sizes, depends, width, asked) => {
        const lists = sizes.map((length) => Array.from({ length }, (_, digit) => 10 * digit + 3))
        const answer = (values: readonly unknown[]): number[] =>
          Array.from({ length: width }, (_, column) =>
            depends.reduce((sum, setting) => sum * 100 + Number(values[setting]), column),
          )
        let computed = 0
        const table = tableOf(depends, width, (values) => (computed++, answer(values)), lists)
        for (const each of asked) {
          const digits = Int32Array.from(each, (digit, setting) => digit % sizes[setting]!)
          const values = lists.map((list, setting) => list[digits[setting]!]!)
          const place = at(table, digits)
          expect([...table.data.subarray(place, place + width)]).toEqual(answer(values))
        }
        const choices = depends.reduce((product, setting) => product * sizes[setting]!, 1)
        expect(computed).toBeLessThanOrEqual(choices)
      },
    ),
  )
})

test('what has no answer says why, and refuses no other', () => {
  const table = tableOf(
    [0],
    1,
    ([value]) => {
      if (value === 2) throw new ArchcostError('invalid_workload', 'is even', 'here')
      return [Number(value)]
    },
    [[1, 2, 3]],
  )
  expect(table.data[at(table, Int32Array.of(0))]).toBe(1)
  expect(problemOf(table, at(table, Int32Array.of(1)))).toBe('here')
  expect(table.data[at(table, Int32Array.of(2))]).toBe(3)
})

test('a table that would be too large keeps the last answer alone', () => {
  const list = Array.from({ length: 3000 }, (_, value) => value)
  const table = tableOf([0, 1], 1, ([a, b]) => [Number(a) * 3000 + Number(b)], [list, list])
  for (const [a, b] of [
    [2999, 2999],
    [0, 1],
    [2999, 2999],
  ] as const)
    expect(table.data[at(table, Int32Array.of(a, b))]).toBe(a * 3000 + b)
  expect(table.data.length).toBe(1)
})
