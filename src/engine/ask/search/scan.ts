/** Exhaustive search of a grid: design after design, of which each costs what its innermost setting changes. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { SettingValue } from '../../vary/setting.ts'
import { adder } from '../family/adder.ts'
import { remembered, type Keep } from '../family/term.ts'
import { holds, missOf } from '../quantity/constraints.ts'
import { noFindings, refuse, ruleOut, type Findings } from './findings.ts'
import { Front } from './front.ts'
import type { Problem } from './problem.ts'
import { shuffle } from './sample.ts'
import { isDuplicate } from './symmetry.ts'

/** Looks at the looks from `from` up to `to`. Findings of pieces, merged in any order, are those of the whole. */
export type Scan = (from: number, to: number) => Findings

/** Where a scan stands. */
interface Position {
  /** By loop, which design this is of those that differ in its setting and in those around it. */
  branches: Float64Array
  /** By setting, which of its values it has, and that value. */
  digits: Int32Array
  values: SettingValue[]
}

export function scannerOf(problem: Problem): Scan {
  const { looks, total, seed, conditions, lists, order, family, terms, symmetries } = problem
  const placeOf = looks < total ? shuffle(total, seed) : (look: number): number => look
  const at: Position = {
    branches: new Float64Array(order.length).fill(NaN),
    digits: new Int32Array(order.length),
    values: lists.map(([first]) => first!),
  }
  const add = adder(family.columns, terms, order, everyAnswer(lists, at.digits))
  const judge = judgeOf(problem, at.values)
  return (from, to) => {
    const found = noFindings(conditions.length)
    const front = new Front()
    for (let look = from; look < to; look++) {
      const place = placeOf(look)
      moveTo(problem, at, place)
      // Of two equal designs one is a duplicate, whether or not they can be built.
      if (symmetries.some((each) => isDuplicate(each, at.digits))) found.duplicates++
      else judge(add(at.values), place, found, front)
    }
    return { ...found, looked: to - from, front: front.sorted() }
  }
}

/** Changes digits from the innermost setting out, up to the first that stays. */
function moveTo({ lists, order }: Problem, { branches, digits, values }: Position, place: number) {
  let branch = place
  for (let loop = order.length - 1; loop >= 0 && branches[loop] !== branch; loop--) {
    const setting = order[loop]!
    const list = lists[setting]!
    branches[loop] = branch
    const around = Math.floor(branch / list.length)
    const digit = branch - around * list.length
    digits[setting] = digit
    values[setting] = list[digit]!
    branch = around
  }
}

/** Answers that are kept of one term. */
const mostKept = 1 << 17

/** Keeps every answer in a table by digits, since a search asks for the same ones again and again; of too many the last. */
export const everyAnswer =
  (lists: Problem['lists'], digits: Int32Array): Keep =>
  (depends, answer) => {
    type Answer = ReturnType<typeof answer>
    const sizeOf = (settings: readonly number[]): number =>
      settings.reduce((size, setting) => size * lists[setting]!.length, 1)
    const count = sizeOf(depends)
    // The last is nearest together, as it mostly is the innermost loop: another order is four times slower.
    const strides = depends.map((_, at) => sizeOf(depends.slice(at + 1)))
    if (count > mostKept) return remembered(depends, answer)
    const table = Array.from<Answer | undefined>({ length: count })
    return (values) => {
      let index = 0
      for (let at = 0; at < depends.length; at++) index += strides[at]! * digits[depends[at]!]!
      return (table[index] ??= answer(values))
    }
  }

/** Counts a design as one that cannot be built, or that a condition rules out, or else enters it for the front. */
function judgeOf({ conditions, objectives, refusing }: Problem, values: readonly SettingValue[]) {
  const goals = new Float64Array(objectives.length)
  return (
    sums: Float64Array | ArchcostError,
    place: number,
    found: Findings,
    front: Front,
  ): void => {
    if (sums instanceof ArchcostError) return refuse(found, sums, place)
    for (const { read } of refusing) {
      const answer = attempt(() => read(sums, values))
      if (answer instanceof ArchcostError) return refuse(found, answer, place)
    }
    found.designs++
    for (let index = 0; index < conditions.length; index++) {
      const { left, right, times, relation } = conditions[index]!
      const value = left.read(sums, values)
      const against = typeof right === 'number' ? right : times * right.read(sums, values)
      if (holds(relation, value, against)) continue
      return ruleOut(found.ruled_out[index]!, 1, missOf(relation, value, against), place)
    }
    found.feasible++
    for (let index = 0; index < objectives.length; index++) {
      const { reader, sign } = objectives[index]!
      goals[index] = sign * reader.read(sums, values)
    }
    front.add(place, goals)
  }
}
