/** Looks at the smallest branches of a row, all below one branch together, and at their designs one by one where nothing else tells. */
import {
  aimAtBounds,
  everything,
  keepNearest,
  type Aims,
  type Condition,
  type Sight,
} from './aims.ts'
import { decide, holds, leastMiss, missOf } from '../quantity/conditions.ts'
import type { Findings } from './findings.ts'
import { fan } from './row.ts'
import { cutOff, valueAt } from './slope.ts'
import type { Walker } from './walker.ts'

/** Leaves that follow each other. */
export interface Leaves {
  first: number
  many: number
  /** The places between which designs may be left. */
  begins: Int32Array
  ends: Int32Array
}

/** The state of a design that does not meet a condition. */
const ruledOut = 0xffff

/**
 * @param known the bits of the conditions that all designs meet; `everything` where they are counted
 * @param beaten whether none of them can be on the front
 */
export type LookAtLeaves = (first: number, last: number, known: number, beaten: boolean) => void

/** @param sight what is looked at, now and then another stretch */
export function leafLooker(
  { conditions, wishes }: Aims,
  { row, state }: Walker,
  sight: Sight,
): LookAtLeaves {
  const level = row.levels.length - 1
  const starts = row.levels[level]!.begins
  const leaves: Leaves = {
    first: 0,
    many: 0,
    begins: new Int32Array(fan),
    ends: new Int32Array(fan),
  }
  const { begins, ends } = leaves
  /** Designs that are left. */
  const counts = new Int32Array(fan)
  const above = new Float64Array(fan)
  const goals = new Float64Array(wishes.length)
  const columns = wishes.map(() => new Float64Array(row.leaf))
  const [lefts, rights] = [new Float64Array(row.leaf), new Float64Array(row.leaf)]

  return (first, last, known, beaten) => {
    const whole = enter(first, last)
    if (known !== everything) meetConditions(known, whole)
    if (!beaten) compete()
  }

  /** @returns whether all that stands between their ends is designs */
  function enter(first: number, last: number): boolean {
    leaves.first = first
    leaves.many = last - first
    let whole = true
    for (let at = 0; at < leaves.many; at++) {
      const begin = Math.max(starts[first + at]!, sight.begin)
      const end = Math.max(begin, Math.min(starts[first + at + 1]!, sight.end))
      begins[at] = begin
      ends[at] = end
      counts[at] = sight.before[end]! - sight.before[begin]!
      if (counts[at] !== end - begin) whole = false
    }
    return whole
  }

  function meetConditions(known: number, whole: boolean): void {
    const { many } = leaves
    for (let index = 0; index < conditions.length; index++) {
      const condition = conditions[index]!
      if ((known & condition.bit) !== 0) continue
      const ruled = sight.found.ruled_out[index]!
      if (whole && condition.slope) cut(condition, ruled)
      else whole = sift(condition, ruled) && whole
    }
    for (let at = 0; at < many; at++) sight.found.feasible += counts[at]!
  }

  function cut({ slope, most, relation, left_over }: Condition, ruled: Ruled): void {
    cutOff(slope!, most!, relation === '<', leaves, left_over, above)
    for (let at = 0; at < leaves.many; at++) {
      const [from, left] = [ends[at]!, ends[at]! - begins[at]!]
      if (left === counts[at]) continue
      ruled.count += counts[at]! - left
      counts[at] = left
      keepNearest(ruled, missOf(relation, above[at]!, most!), sight.start + from)
    }
  }

  /** Looks at the designs of each leaf for which bounds say nothing. @returns whether it left all of a leaf or none */
  function sift(condition: Condition, ruled: Ruled): boolean {
    const { left, right, relation } = condition
    const { first, many } = leaves
    let whole = true
    left.bound(level, first, first + many)
    right.bound(level, first, first + many)
    for (let at = 0; at < many; at++) {
      if (counts[at] === 0) continue
      const decided = decide(relation, left, right, at)
      if (decided === true) continue
      const isFar = decided === false && leastMiss(relation, left, right, at) >= ruled.miss
      const out = isFar ? counts[at]! : ruleOut(condition, begins[at]!, ends[at]!, ruled)
      counts[at]! -= out
      ruled.count += out
      if (counts[at] === 0) ends[at] = begins[at]!
      else if (out > 0) whole = false
    }
    return whole
  }

  /** Marks the designs that do not meet a condition. @returns how many of them met all before it */
  function ruleOut(
    { left, right, relation }: Condition,
    begin: number,
    end: number,
    ruled: Ruled,
  ): number {
    let count = 0
    left.read(begin, end, lefts)
    right.read(begin, end, rights)
    for (let each = begin; each < end; each++) {
      if (state[each] !== 0) continue
      const [value, against] = [lefts[each - begin]!, rights[each - begin]!]
      if (holds(relation, value, against)) continue
      state[each] = ruledOut
      count++
      keepNearest(ruled, missOf(relation, value, against), sight.start + each)
    }
    return count
  }

  /** Adds to the front what a point of it does not beat. */
  function compete(): void {
    const { first, many } = leaves
    const climbs = wishes.every(({ slope }) => slope)
    let isBound = false
    for (let at = 0; at < many; at++) {
      if (counts[at] === 0) continue
      const [begin, end] = [begins[at]!, ends[at]!]
      if (climbs && counts[at] === end - begin) aimAtEnds(begin, end - 1)
      else {
        if (!isBound) for (const { reading } of wishes) reading.bound(level, first, first + many)
        isBound = true
        aimAtBounds(wishes, at, goals)
      }
      if (!sight.front.beats(goals)) addAll(begin, end)
    }
  }

  /** Where all that is wanted rises, the best of each is at an end. */
  function aimAtEnds(lowest: number, highest: number): void {
    for (let index = 0; index < wishes.length; index++) {
      const { sign, slope } = wishes[index]!
      goals[index] = sign * valueAt(slope!, sign === 1 ? lowest : highest)
    }
  }

  function addAll(begin: number, end: number): void {
    for (let index = 0; index < wishes.length; index++)
      wishes[index]!.reading.read(begin, end, columns[index]!)
    for (let each = begin; each < end; each++) {
      if (state[each] !== 0) continue
      for (let index = 0; index < wishes.length; index++)
        goals[index] = wishes[index]!.sign * columns[index]![each - begin]!
      sight.front.add(sight.start + each, goals)
    }
  }
}

type Ruled = Findings['ruled_out'][number]
