/**
 * Walks through a grid of designs by rows: the designs that differ in the innermost settings only. What the other settings
 * settle is added up once for a row, level by level; within the row, each inner setting adds what it changes and no more.
 */
import type { SettingValue } from '../vary/setting.ts'
import type { Family } from './family.ts'
import { innerSums, type Added, type Run, type StateOf } from './row-sums.ts'
import type { Twins } from './symmetry.ts'
import { numberOf, tableOf, type Grid, type Table } from './table.ts'

/** A row is no longer than this where it need not be. */
const longestRow = 4096

export interface Walker {
  /** Designs in a row. */
  length: number
  /** The sums of a column along the row. */
  sumsOf: (column: number) => Run
  /** The values of a setting along the row, as numbers. */
  settingAlong: (place: number) => Float64Array
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
  const prefix = by_rows ? rowStart(lists) : lists.length
  const grid: Grid = { lists, inner: prefix }
  const added = parts.map((part): Added => ({
    part,
    level: levelOf([...part.depends, ...part.times_depend]),
    times: tableOf(part.times_depend, 1, (values) => [part.times(values)], grid),
    answers: tableOf(part.depends, part.columns.length, part.answers, grid),
  }))
  const row = rowOf(lists, prefix)
  const here = new Int32Array(lists.length)
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
  const inner = innerSums(
    added.filter(({ level }) => level > prefix),
    prefix,
    lists,
    row,
    outer.sums,
    state,
    here,
    stateOf,
  )
  const rowTwins = twins.filter(({ left, right }) => levelOf([...left, ...right]) > prefix)
  const values: SettingValue[] = lists.map(([first]) => first!)
  const last = new Int32Array(prefix).fill(-1)
  const along = new Map<number, Float64Array>()
  let whole = true

  return {
    length: row.length,
    sumsOf: inner.sumsOf,
    isWhole: () => whole,
    state,
    problemOf: (each) => problems[each - 2]!,
    valuesAt(place) {
      for (let each = prefix; each < lists.length; each++)
        values[each] = lists[each]![row[place]![each]!]!
      return values
    },
    settingAlong(place) {
      const known = along.get(place) ?? new Float64Array(row.length)
      along.set(place, known)
      for (let each = 0; each < row.length; each++)
        known[each] = Number(place < prefix ? values[place] : lists[place]![row[each]![place]!])
      return known
    },
    goTo(digits) {
      let changed = 0
      while (changed < prefix && digits[changed] === last[changed]) changed++
      for (let place = changed; place < prefix; place++) {
        here[place] = last[place] = digits[place]!
        values[place] = lists[place]![digits[place]!]!
      }
      const refused = outer.settle(changed)
      if (refused) return refused
      state.fill(0)
      if (rowTwins.length > 0) markTwins(rowTwins, row, here, prefix, state)
      whole = inner.open() && rowTwins.length === 0
      return null
    },
  }
}

const levelOf = (places: readonly number[]): number => Math.max(-1, ...places) + 1

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
    parts: added.filter((each) => each.level === level),
    twins: twins.filter(({ left, right }) => levelOf([...left, ...right]) === level),
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
      const many = times.open(digits) + times.within(digits)
      if (times.state[many] !== 1) return stateOf(times, many)
      const factor = times.data[0]![many]!
      if (factor === 0) continue
      const entry = answers.open(digits) + answers.within(digits)
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

/** The first of the innermost settings that make a row. */
function rowStart(lists: Grid['lists']): number {
  let [start, length] = [lists.length - 1, lists.at(-1)!.length]
  while (start > 0 && length * lists[start - 1]!.length <= longestRow)
    length *= lists[--start]!.length
  return start
}

/** The digits of each design of a row; 0 for the settings outside of it. */
function rowOf(lists: Grid['lists'], prefix: number): Int32Array[] {
  const length = lists.slice(prefix).reduce((product, list) => product * list.length, 1)
  return Array.from({ length }, (_, place) => {
    const digits = new Int32Array(lists.length)
    for (let level = lists.length - 1, rest = place; level >= prefix; level--) {
      digits[level] = rest % lists[level]!.length
      rest = Math.floor(rest / lists[level]!.length)
    }
    return digits
  })
}

function markTwins(
  twins: readonly Twins[],
  row: readonly Int32Array[],
  here: Int32Array,
  prefix: number,
  state: Uint16Array,
): void {
  const whole = Int32Array.from(here)
  row.forEach((digits, place) => {
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
