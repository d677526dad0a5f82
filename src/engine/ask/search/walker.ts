/**
 * Walks through a grid of designs by rows: the designs that differ in the innermost settings only. What the other settings
 * settle is added up once for a row, level by level; along the row, what its own settings change is asked for where it is needed.
 */
import type { SettingValue } from '../../vary/setting.ts'
import type { Family } from '../family/family.ts'
import { levelOf } from '../family/term.ts'
import { rowOf, type Row } from './row.ts'
import { sumsAlong, type Added, type RowSums, type StateOf } from './row-sums.ts'
import type { Twins } from './symmetry.ts'
import { numberOf, tableOf, type Table } from './table.ts'

export interface Walker {
  row: Row
  /** The digits of the row that was gone to; those along it count for nothing. */
  here: Int32Array
  /** The columns along the row. */
  sums: RowSums
  /** Whether all designs of the row are designs, and none of them twice. */
  isWhole: () => boolean
  /** By design of the row: 0 where there is one, `duplicate`, or above that the number of a problem. */
  state: Uint16Array
  /** The values of the design at a place of the row that was gone to. */
  valuesAt: (place: number) => readonly SettingValue[]
  /** The address of what is wrong. */
  problemOf: (state: number) => string
  /**
   * Goes to the row of the design at these digits.
   * @returns null; or the level at which there is no such design, whatever the settings below, and its state
   */
  goTo: (digits: Int32Array) => { level: number; state: number } | null
}

export const duplicate = 1

/** @param by_rows false for designs in any order, each in a row of its own */
export function walkerOf(
  { parts, columns }: Family,
  lists: readonly (readonly SettingValue[])[],
  twins: readonly Twins[],
  by_rows: boolean,
): Walker {
  const row = rowOf(lists, by_rows)
  const { prefix } = row
  const added = parts.map((part): Added => ({
    part,
    times: tableOf(part.times_depend, 1, (values) => [part.times(values)], row),
    answers: tableOf(part.depends, part.columns.length, part.answers, row),
  }))
  const here = new Int32Array(lists.length).fill(-1)
  const problems: string[] = []
  const stateOf = (table: Table, entry: number): number =>
    2 + numberOf(problems, table.problemOf(entry))
  const outer = outerSums(
    added,
    twins,
    prefix,
    columns.map(({ of }) => (of === 'setting' ? NaN : 0)),
    here,
    stateOf,
  )
  const state = new Uint16Array(row.length)
  const sums = sumsAlong(
    row,
    added.filter(({ part }) => levelOf(part) > prefix),
    outer.sums,
    state,
    stateOf,
  )
  const rowTwins = twins.filter((pair) => levelOfTwins(pair) > prefix)
  const values: SettingValue[] = lists.map(([first]) => first!)
  let whole = true

  return {
    row,
    here,
    sums,
    isWhole: () => whole,
    state,
    problemOf: (each) => problems[each - 2]!,
    valuesAt(place) {
      for (let each = prefix; each < lists.length; each++)
        values[each] = lists[each]![row.digits[place]![each]!]!
      return values
    },
    goTo(digits) {
      let changed = 0
      while (changed < prefix && digits[changed] === here[changed]) changed++
      for (let place = changed; place < prefix; place++) {
        here[place] = digits[place]!
        values[place] = lists[place]![digits[place]!]!
      }
      const refused = outer.settle(changed)
      if (refused) return refused
      state.fill(0)
      if (rowTwins.length > 0) markTwins(rowTwins, row, here, state)
      whole = sums.open(here) && rowTwins.length === 0
      return null
    },
  }
}

const levelOfTwins = ({ left, right }: Twins): number => Math.max(...left, ...right) + 1

interface Outer {
  /** The sums that all designs of the row share. */
  sums: Float64Array
  /** Adds up again from the first setting that changed. */
  settle: (changed: number) => { level: number; state: number } | null
}

/** Level 0 is what depends on no setting, level n what the n-th is the last to settle. */
function outerSums(
  added: readonly Added[],
  twins: readonly Twins[],
  prefix: number,
  start: readonly number[],
  digits: Int32Array,
  stateOf: StateOf,
): Outer {
  const levels = Array.from({ length: prefix + 1 }, (_, level) => ({
    parts: added.filter(({ part }) => levelOf(part) === level),
    twins: twins.filter((pair) => levelOfTwins(pair) === level),
    sums: Float64Array.from(start),
  }))
  /** How many levels stand as the last digits left them. */
  let settled = 0
  const add = (level: number): number => {
    const { parts, twins: pairs, sums } = levels[level]!
    if (pairs.some((pair) => isLater(pair, digits))) return duplicate
    if (level === 0) sums.set(start)
    else sums.set(levels[level - 1]!.sums)
    for (const { part, times, answers } of parts) {
      const many = times.open(digits)
      if (times.state[many] !== 1) return stateOf(times, many)
      const factor = times.data[0]![many]!
      if (factor === 0) continue
      const entry = answers.open(digits)
      if (answers.state[entry] !== 1) return stateOf(answers, entry)
      part.columns.forEach((column, index) => {
        const answer = answers.data[index]![entry]!
        if (!part.is_setting) sums[column]! += factor * answer
        else if (!Number.isNaN(answer)) sums[column] = answer
      })
    }
    return 0
  }
  return {
    sums: levels[prefix]!.sums,
    settle(changed) {
      settled = Math.min(settled, changed + 1)
      for (; settled <= prefix; settled++) {
        const state = add(settled)
        if (state > 0) return { level: settled, state }
      }
      return null
    },
  }
}

function markTwins(
  twins: readonly Twins[],
  { digits: along, prefix }: Row,
  here: Int32Array,
  state: Uint16Array,
): void {
  const whole = Int32Array.from(here)
  along.forEach((digits, place) => {
    whole.set(digits.subarray(prefix), prefix)
    if (twins.some((pair) => isLater(pair, whole))) state[place] = duplicate
  })
}

/** Whether the second of two exchangeable groups comes before the first: the same design was met with them exchanged. */
function isLater({ left, right }: Twins, digits: Int32Array): boolean {
  for (let index = 0; index < left.length; index++) {
    const difference = digits[left[index]!]! - digits[right[index]!]!
    if (difference !== 0) return difference > 0
  }
  return false
}
