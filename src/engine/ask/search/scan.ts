/**
 * Exhaustive search of a grid: loops over its settings, one inside the other, each with the sums of all that is settled so far.
 * A design costs what its innermost setting changes; designs that cannot be built are counted without being entered.
 */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { SettingValue } from '../../vary/setting.ts'
import { levelOf } from '../family/family.ts'
import { readFrom } from '../family/readers.ts'
import { addTo, startOf, type Term } from '../family/term.ts'
import { holds, missOf } from '../quantity/constraints.ts'
import { noFindings, refuse, ruleOut, type Findings } from './findings.ts'
import { Front } from './front.ts'
import type { Problem } from './problem.ts'
import { shuffle } from './sample.ts'
import { isDuplicate, type Symmetry } from './symmetry.ts'
import { find, indexOf, problemOf, strideOf, tableOf, type Table } from './table.ts'

/** Looks at the looks from `from` up to `to`. Findings of pieces, merged in any order, are those of the whole. */
export type Scan = (from: number, to: number) => Findings

/** Where the loops stand. */
interface Walk {
  /** From the outermost to the innermost; the first is of what depends on no setting. */
  levels: readonly Level[]
  /** By setting, which of its values it has, and that value. */
  digits: Int32Array
  values: SettingValue[]
  /** How many levels are as these digits make them. */
  settled: number
}

/** One loop, at one value of its setting. */
interface Level {
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

export function scannerOf(problem: Problem): Scan {
  const { looks, total, seed, conditions } = problem
  const is_sample = looks < total
  const placeOf = is_sample ? shuffle(total, seed) : (look: number): number => look
  const walk = walkOf(problem)
  const judge = judgeOf(problem, walk)
  return (from, to) => {
    const found = noFindings(conditions.length)
    const front = new Front()
    for (let look = from; look < to;) {
      const place = placeOf(look)
      const level = goTo(walk, place)
      if (!isClosed(level)) {
        judge(place, found, front)
        look++
        continue
      }
      // What one loop settles, all designs inside share.
      const many = is_sample ? 1 : Math.min(to - look, level.size - (place % level.size))
      if (level.is_duplicate) found.duplicates += many
      else if (level.problem !== null) refuse(found, level.problem, many, place)
      look += many
    }
    return { ...found, looked: to - from, front: front.sorted() }
  }
}

/** Counts a design as one that a condition rules out, or else enters it for the front. */
function judgeOf(
  { conditions, objectives, order, refusing }: Problem,
  { levels, values }: Walk,
): (place: number, found: Findings, front: Front) => void {
  const { sums } = levels[order.length]!
  const goals = new Float64Array(objectives.length)
  return (place, found, front) => {
    for (const { read } of refusing) {
      const answer = attempt(() => read(sums, values))
      if (answer instanceof ArchcostError)
        return refuse(found, answer.path ?? answer.message, 1, place)
    }
    found.designs++
    for (let index = 0; index < conditions.length; index++) {
      const { left, right, relation } = conditions[index]!
      const value = readFrom(left, sums, values)
      const against = typeof right === 'number' ? right : readFrom(right, sums, values)
      if (holds(relation, value, against)) continue
      ruleOut(found.ruled_out[index]!, 1, missOf(relation, value, against), place)
      return
    }
    found.feasible++
    for (let index = 0; index < objectives.length; index++) {
      const { reader, sign } = objectives[index]!
      goals[index] = sign * readFrom(reader, sums, values)
    }
    front.add(place, goals)
  }
}

function walkOf({ family, lists, order, terms: needed, symmetries }: Problem): Walk {
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
function goTo(walk: Walk, place: number): Level {
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
const isClosed = ({ is_duplicate, problem, is_last_symmetry }: Level): boolean =>
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
