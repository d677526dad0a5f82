/**
 * The designs of a grid that meet every condition, without a look at each: branch and prune. Of a box of designs the lowest
 * corner has least of all that no setting makes smaller, and the highest corner has most; where one of them tells that no design
 * between meets a condition, the box is left. Else it is cut in half.
 */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { Family } from '../family/family.ts'
import type { Values } from '../family/term.ts'
import { rowsOf } from '../search/grid.ts'
import type { Condition, Problem } from '../search/problem.ts'
import { derive } from '../search/scan.ts'
import { Tables } from '../search/table.ts'

export interface Looked {
  place: number
  values: Values
  /** Of the family of designs. */
  numbers: number[]
  /** Where it cannot be built, the settings that decide about that: no other change makes it a design. */
  deciding: readonly number[] | null
}

/** By setting, in the order of the loops: the first and the last of its values, by index. */
type Box = readonly { from: number; to: number }[]

/** A condition of a quantity that grows with every setting, whose values are listed from the least on. */
export interface Bound {
  condition: Condition
  /** By what share at most the quantity is smaller all the same where settings are larger. */
  dip: number
}

export function designsThatMeet(
  problem: Problem,
  bounds: readonly Bound[],
): { met: Looked[]; looked: number } {
  const { lists, order, conditions, derives } = problem
  const look = looker(
    problem,
    conditions.flatMap((each, index) =>
      bounds.some(({ condition }) => condition === each) ? derives[index]! : [],
    ),
  )
  const met: Looked[] = []
  const boxes: Box[] = [order.map((setting) => ({ from: 0, to: lists[setting]!.length - 1 }))]
  for (let box = boxes.pop(); box; box = boxes.pop()) {
    const [low, high] = [look.at(box.map(({ from }) => from)), look.at(box.map(({ to }) => to))]
    if (bounds.some((bound) => isOut(bound, low, high))) continue
    const deciding = [low, high].find((corner) => corner.deciding !== null)?.deciding ?? order
    const halves = cut(
      box,
      box.map((_, index) => deciding.includes(order[index]!)),
    )
    if (halves !== null) boxes.push(...halves)
    else if (low.deciding === null && meetsAll(problem, low)) met.push(low)
  }
  return { met: met.toSorted((a, b) => a.place - b.place), looked: look.count() }
}

/** What costs most is derived last, and only of designs that meet all else. */
const meetsAll = ({ conditions, derives }: Problem, { numbers, values }: Looked): boolean =>
  conditions.every(
    (condition, index) =>
      derive(derives[index]!, numbers, 0, values) === null && isMet(condition, numbers),
  )

/** @param part by what share the quantity is made larger or smaller before it is judged */
export const isMet = (
  { left, right, times, holds }: Condition,
  numbers: readonly number[],
  part = 1,
): boolean => holds(part * numbers[left]!, right === null ? times : times * numbers[right]!)

/** Whether no design between two meets a condition. One that cannot be built does not tell. */
function isOut({ condition, dip }: Bound, low: Looked, high: Looked): boolean {
  const [nearest, part] = condition.relation === '<=' ? [low, 1 - dip] : [high, 1 / (1 - dip)]
  return nearest.deciding === null && !isMet(condition, nearest.numbers, part)
}

/** Two halves of a box, cut where there are most values; null where all that may be cut have one. */
function cut(box: Box, may: readonly boolean[]): [Box, Box] | null {
  const sizes = box.map(({ from, to }, index) => (may[index] ? to - from : 0))
  const most = Math.max(...sizes)
  if (most === 0) return null
  const index = sizes.indexOf(most)
  const { from, to } = box[index]!
  const middle = Math.floor((from + to) / 2)
  return [box.with(index, { from: middle + 1, to }), box.with(index, { from, to: middle })]
}

/** The settings that decide that a design cannot be built: of its terms that cannot be answered, of that with the fewest. */
const decidingAt = ({ terms }: Family, values: Values): readonly number[] =>
  terms
    .filter(
      ({ times, answers }) =>
        attempt(() => times(values) !== 0 && answers(values)) instanceof ArchcostError,
    )
    .map(({ depends, times_depend }) => [...depends, ...times_depend])
    .toSorted((a, b) => a.length - b.length)[0]!

/** Looks at designs, at each once, and derives some of their numbers. */
function looker(
  { family, lists, order }: Problem,
  derived: Family['derived'],
): { at: (digits: readonly number[]) => Looked; count: () => number } {
  const tables = new Tables(lists, order)
  const rowAt = rowsOf(family, tables)
  const innermost = order.at(-1)!
  const { length: width } = family.zero
  const known = new Map<number, Looked>()
  const look = (place: number, digit: number): Looked => {
    const row = rowAt(place, 1)
    tables.turn(innermost, digit)
    const values = [...tables.values]
    const numbers = [...row.numbers.subarray(digit * width, (digit + 1) * width)]
    const deciding =
      row.problems[digit] !== null
        ? decidingAt(family, values)
        : derive(derived, numbers, 0, values) && order
    return { place, values, numbers, deciding }
  }
  return {
    at(digits) {
      let place = 0
      for (const [index, setting] of order.entries())
        place = place * lists[setting]!.length + digits[index]!
      const looked = known.get(place) ?? look(place, digits.at(-1)!)
      known.set(place, looked)
      return looked
    },
    count: () => known.size,
  }
}
