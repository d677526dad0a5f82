/** Exhaustive search of a grid: row after row of designs, of which each costs what its innermost setting changes. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { Family } from '../family/family.ts'
import type { Values } from '../family/term.ts'
import { missOf } from '../quantity/constraints.ts'
import { noFindings, refuse, ruleOut, type Findings } from './findings.ts'
import { Front } from './front.ts'
import { rowsOf, type Row } from './grid.ts'
import type { Problem } from './problem.ts'
import { shuffle } from './sample.ts'
import { isDuplicate } from './symmetry.ts'
import { Tables } from './table.ts'

/** Looks at the looks from `from` up to `to`. Findings of pieces, merged in any order, are those of the whole. */
export type Scan = (from: number, to: number) => Findings

export function scannerOf(problem: Problem): Scan {
  const { looks, total, seed, conditions, lists, order, family } = problem
  const tables = new Tables(lists, order)
  const rowAt = rowsOf(family, tables)
  const { length } = lists[order.at(-1)!]!
  const placeOf = looks < total ? shuffle(total, seed) : null
  return (from, to) => {
    const found = noFindings(conditions.length)
    const front = new Front()
    for (let look = from; look < to;) {
      const place = placeOf ? placeOf(look) : look
      const count = placeOf ? 1 : Math.min(length - (place % length), to - look)
      judge(problem, tables, rowAt(place, count), place, count, found, front)
      look += count
    }
    return { ...found, looked: to - from, front: front.sorted() }
  }
}

/** Counts each design of a row as one that cannot be built, or that a condition rules out, or else enters it for the front. */
function judge(
  problem: Problem,
  tables: Tables,
  { numbers, problems }: Row,
  start: number,
  count: number,
  found: Findings,
  front: Front,
): void {
  const { objectives, symmetries, family } = problem
  const goals = new Float64Array(objectives.length)
  const { length: width } = family.zero
  const innermost = tables.order.at(-1)!
  const first = start % tables.lists[innermost]!.length
  for (let digit = first; digit < first + count; digit++) {
    const [place, from] = [start + digit - first, digit * width]
    tables.turn(innermost, digit)
    // Of two equal designs one is a duplicate, whether or not they can be built.
    if (symmetries.some((each) => isDuplicate(each, tables.digits))) {
      found.duplicates++
      continue
    }
    const met = problems[digit] ?? meetsAll(problem, numbers, from, tables.values, place, found)
    if (met instanceof ArchcostError) {
      refuse(found, met, place)
      continue
    }
    found.designs++
    if (!met) continue
    found.feasible++
    for (let index = 0; index < goals.length; index++)
      goals[index] = objectives[index]!.sign * numbers[from + objectives[index]!.at]!
    front.add(place, goals)
  }
}

/** @returns why a scenario refuses the design */
export function derive(
  derived: Family['derived'],
  numbers: Float64Array | number[],
  from: number,
  values: Values,
): ArchcostError | null {
  for (const { place, read } of derived) {
    const answer = attempt(() => read(numbers, from, values))
    if (answer instanceof ArchcostError) return answer
    numbers[from + place] = answer
  }
  return null
}

/** Whether a design meets every condition; the first that it does not meet rules it out. Only what that needs is derived. */
function meetsAll(
  { conditions, derives }: Problem,
  numbers: Float64Array,
  from: number,
  values: Values,
  place: number,
  { ruled_out }: Findings,
): boolean | ArchcostError {
  for (let index = 0; index < conditions.length; index++) {
    const { left, right, times, holds } = conditions[index]!
    const wrong = derive(derives[index]!, numbers, from, values)
    if (wrong !== null) return wrong
    const value = numbers[from + left]!
    const against = right === null ? times : times * numbers[from + right]!
    if (holds(value, against)) continue
    ruleOut(ruled_out[index]!, 1, missOf(conditions[index]!.relation, value, against), place)
    return false
  }
  return derive(derives[conditions.length]!, numbers, from, values) ?? true
}
