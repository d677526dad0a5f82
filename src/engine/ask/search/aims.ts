/** What a search wants and what its conditions are, as both are read along a row. */
import type { Relation } from '../quantity/conditions.ts'
import type { Findings } from './findings.ts'
import type { Front } from './front.ts'
import type { Hunt } from './look.ts'
import { constant, readingOf, type Reading } from './readings.ts'
import type { Slope } from './slope.ts'
import type { Walker } from './walker.ts'

export interface Aims {
  wishes: readonly Wish[]
  conditions: readonly Condition[]
}

export interface Wish {
  reading: Reading
  /** 1 where little of it is wanted, -1 where much is. */
  sign: 1 | -1
  /** Of the row that is open, if it is one. */
  slope: Slope | null
}

export interface Condition {
  left: Reading
  right: Reading
  relation: Relation
  /** Its bit among those that are known to be met; beyond the last bit each branch asks anew. */
  bit: number
  /** Where it is that its left must not pass a number, that number. */
  most: number | null
  /** Then of its left in the row that is open, if it is one. */
  slope: Slope | null
  /** By leaf of a row, how many designs it left last. */
  left_over: Int32Array
}

/** The bits of all conditions: they are met. */
export const everything = -1

/** A stretch of a row. */
export interface Stretch {
  begin: number
  end: number
  /** The place in the space of the row's first design. */
  start: number
}

/** The stretch that is looked at, and where what is found goes. */
export interface Sight extends Stretch {
  /** By place, the designs of the stretch before it. */
  before: Int32Array
  found: Findings
  front: Front
}

export function aimsOf({ wanted, constraints, senses }: Hunt, walker: Walker): Aims {
  const readings = wanted.readers.map((reader) => readingOf(reader, wanted, walker))
  const leaves = walker.row.levels.at(-1)!.begins.length - 1
  return {
    wishes: senses.map((sense) => ({
      reading: readings.shift()!,
      sign: sense === 'minimise' ? 1 : -1,
      slope: null,
    })),
    conditions: constraints.map(({ relation, right }, index) => ({
      relation,
      left: readings.shift()!,
      right: typeof right === 'number' ? constant(right) : readings.shift()!,
      bit: index < 31 ? 1 << index : 0,
      most: typeof right === 'number' && (relation === '<=' || relation === '<') ? right : null,
      slope: null,
      left_over: new Int32Array(leaves),
    })),
  }
}

/** What is a slope in the row that was opened. */
export function noteSlopes({ wishes, conditions }: Aims): void {
  for (const wish of wishes) wish.slope = wish.reading.slope()
  for (const each of conditions) if (each.most !== null) each.slope = each.left.slope()
}

/** The best that is in reach in a branch, the `at`-th of those that bounds were last asked for. */
export function aimAtBounds(wishes: Aims['wishes'], at: number, goals: Float64Array): void {
  for (let index = 0; index < wishes.length; index++) {
    const { reading, sign } = wishes[index]!
    goals[index] = sign === 1 ? reading.low[at]! : -reading.high[at]!
  }
}

/** Remembers the miss that is nearest, and of equal ones the first. */
export function keepNearest(
  ruled: Findings['ruled_out'][number],
  miss: number,
  place: number,
): void {
  if (miss > ruled.miss || (miss === ruled.miss && place > ruled.place)) return
  ruled.miss = miss
  ruled.place = place
}
