/** Loops over the settings of a grid, one inside the other, each with the sums of all that is settled so far. */
import type { SettingValue } from '../../vary/setting.ts'
import { levelOf } from '../family/family.ts'
import { addTo, startOf, type Term } from '../family/term.ts'
import type { Problem } from './problem.ts'
import { isDuplicate, type Symmetry } from './symmetry.ts'
import { find, indexOf, problemOf, strideOf, tableOf, type Table } from './table.ts'

/** Where the loops stand. */
export interface Walk {
  /** From the outermost to the innermost; the first is of what depends on no setting. */
  levels: readonly Level[]
  /** By setting, which of its values it has, and that value. */
  digits: Int32Array
  values: SettingValue[]
  /** How many levels are as these digits make them. */
  settled: number
}

/** One loop, at one value of its setting. */
export interface Level {
  setting: number
  list: readonly SettingValue[]
  /** Which design this is, of those that differ in this setting and in those around it. */
  branch: number
  /** Designs inside. */
  size: number
  terms: readonly TabledTerm[]
  symmetries: readonly Symmetry[]
  /** By column, the sum of the terms of this level and of those around it. */
  sums: Float64Array
  is_duplicate: boolean
  /** The address of what makes that there is no such design. */
  problem: string | null
  /** Whether no symmetry stands further inside. */
  is_last_symmetry: boolean
}

/** A term with the tables of how many layers hold it and of what one of them adds. */
interface TabledTerm {
  term: Term
  times: Position
  answers: Position
  /** Where the number of layers stands in its table, which only levels around this one decide; else null. */
  many: number | null
}

/** Where a table is looked up. */
interface Position {
  table: Table
  /** The index at digit 0 of the level's own setting, and how much it grows with this digit. */
  base: number
  stride: number
}

export function walkOf({ family, lists, order, terms: needed, symmetries }: Problem): Walk {
  const levelOfSymmetry = ({ left, right }: Symmetry): number =>
    order.findLastIndex((setting) => left.includes(setting) || right.includes(setting)) + 1
  const innermost = Math.max(0, ...symmetries.map(levelOfSymmetry))
  const levels = [-1, ...order].map((setting, level): Level => ({
    setting,
    list: lists[setting] ?? [],
    branch: level === 0 ? 0 : NaN,
    size: order.slice(level).reduce((size, each) => size * lists[each]!.length, 1),
    terms: needed.flatMap((term) =>
      levelOf(term, order) === level ? [tabled(term, setting, lists)] : [],
    ),
    symmetries: symmetries.filter((each) => levelOfSymmetry(each) === level),
    sums: startOf(family.columns),
    is_duplicate: false,
    problem: null,
    is_last_symmetry: level >= innermost,
  }))
  const values = lists.map(([first]) => first!)
  return { levels, digits: new Int32Array(order.length), values, settled: 0 }
}

function tabled(term: Term, setting: number, lists: Problem['lists']): TabledTerm {
  const at = (table: Table): Position => ({ table, base: 0, stride: strideOf(table, setting) })
  return {
    term,
    times: at(tableOf(term.times_depend, 1, (values) => [term.times(values)], lists)),
    answers: at(tableOf(term.depends, term.columns.length, term.answers, lists)),
    many: null,
  }
}

/** Goes to the design at a place. @returns the innermost level that was entered */
export function goTo(walk: Walk, place: number): Level {
  const { levels, digits } = walk
  moveTo(walk, place)
  let around = levels[walk.settled - 1]
  for (let is_inside = walk.settled === 0; walk.settled < levels.length; walk.settled++) {
    if (around && isClosed(around)) break
    const level = levels[walk.settled]!
    settle(level, around, digits, is_inside)
    is_inside = true
    around = level
  }
  return around!
}

/** Whether all designs inside are counted alike. Of two equal designs one is a duplicate, whether or not they can be built. */
export const isClosed = ({ is_duplicate, problem, is_last_symmetry }: Level): boolean =>
  is_duplicate || (problem !== null && is_last_symmetry)

/** Sets the digits, from the innermost out to the first that stays. */
function moveTo(walk: Walk, place: number): void {
  const { levels, digits, values } = walk
  let branch = place
  let index = levels.length - 1
  for (; levels[index]!.branch !== branch; index--) {
    const level = levels[index]!
    const { list, setting } = level
    level.branch = branch
    branch = Math.floor(branch / list.length)
    const digit = level.branch - branch * list.length
    digits[setting] = digit
    values[setting] = list[digit]!
  }
  walk.settled = Math.min(walk.settled, index + 1)
}

/** @param is_inside whether a level around it was settled since; else only its own digit has changed */
function settle(
  level: Level,
  around: Level | undefined,
  digits: Int32Array,
  is_inside: boolean,
): void {
  const { symmetries, sums, terms } = level
  const digit = digits[level.setting] ?? 0
  if (is_inside) for (const each of terms) enter(each, digit, digits)
  level.is_duplicate = symmetries.some((each) => isDuplicate(each, digits))
  level.problem = around === undefined ? null : around.problem
  if (level.is_duplicate || level.problem !== null) return
  // Faster than the array's own `set` for so few.
  if (around)
    for (let column = 0; column < sums.length; column++) sums[column] = around.sums[column]!
  for (let index = 0; index < terms.length && level.problem === null; index++)
    level.problem = addTerm(terms[index]!, sums, digit, digits)
}

/** Settles what levels around decide of where a term is looked up. */
function enter(each: TabledTerm, digit: number, digits: Int32Array): void {
  const { times, answers } = each
  times.base = indexOf(times.table, digits) - times.stride * digit
  answers.base = indexOf(answers.table, digits) - answers.stride * digit
  each.many = times.stride === 0 ? find(times.table, times.base, digits) : null
}

/** @returns the address of what is wrong, or null */
function addTerm(
  { term, times, answers, many: known }: TabledTerm,
  sums: Float64Array,
  digit: number,
  digits: Int32Array,
): string | null {
  const many = known ?? find(times.table, times.base + times.stride * digit, digits)
  if (many < 0) return problemOf(times.table, many)
  const factor = times.table.data[many]!
  // What no layer holds need not be right.
  if (factor === 0) return null
  const answer = find(answers.table, answers.base + answers.stride * digit, digits)
  if (answer < 0) return problemOf(answers.table, answer)
  addTo(sums, term, factor, answers.table.data, answer)
  return null
}
