/** A part of a varied design's cost: which settings it depends on, what one layer of it answers, and how many layers hold it. */
import { ArchcostError } from '../../../architecture/errors.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import type { Sums } from '../../../formulas/index.ts'
import type { Setting, SettingValue } from '../../vary/setting.ts'
import type { Column } from '../quantity/measures.ts'

export type Values = readonly SettingValue[]

export interface Part {
  /** Which columns it adds to. */
  columns: readonly number[]
  /** Its answers are settings, NaN where another part has the block: they are not added up. */
  is_setting?: true
  /** Places of the settings that its answers depend on. */
  depends: readonly number[]
  /** What one layer adds to each of its columns. @throws ArchcostError where the values make no block */
  answers: (values: Values) => readonly number[]
  /** Places of the settings that the number of its layers depends on. */
  times_depend: readonly number[]
  /** How many layers hold it. */
  times: (values: Values) => number
}

/** How many settings, from the first on, decide what a part adds. */
export const levelOf = ({ depends, times_depend }: Part): number =>
  Math.max(-1, ...depends, ...times_depend) + 1

/** What is asked of parts: sums over blocks, or settings of single blocks. */
export type PartColumn = ({ of: 'sum' } & Column) | SettingColumn
export interface SettingColumn {
  of: 'setting'
  setting: Setting & { place: { of: 'block' } }
}

/** Keeps the last answer until something changes that it depends on. */
export function remembered<Answer>(
  depends: readonly number[],
  answer: (values: Values) => Answer,
): (values: Values) => Answer {
  const last: (SettingValue | undefined)[] = []
  let kept: Answer
  let isKept = false
  const isSame = (values: Values): boolean => {
    for (let place = 0; place < depends.length; place++)
      if (last[place] !== values[depends[place]!]) return false
    return true
  }
  return (values) => {
    if (isKept && isSame(values)) return kept
    isKept = false
    kept = answer(values)
    for (let place = 0; place < depends.length; place++) last[place] = values[depends[place]!]
    isKept = true
    return kept
  }
}

/** Columns that one pass answers together. */
export function groupsOf(
  columns: readonly PartColumn[],
): { first: PartColumn; indices: number[] }[] {
  const groups = new Map<string, { first: PartColumn; indices: number[] }>()
  columns.forEach((column, index) => {
    const key = column.of === 'setting' ? '' : JSON.stringify([column.occasion, column.at])
    const group = groups.get(key)
    if (group) group.indices.push(index)
    else groups.set(key, { first: column, indices: [index] })
  })
  return [...groups.values()]
}

/** A setting as formulas read it, where the block is among these. */
export function settingIn(blocks: readonly PlacedBlock[], { setting }: SettingColumn): number {
  const { use, meta } = setting.place
  const value = blocks.find(({ address }) => address === use.address)?.settings[meta.name]
  if (value === undefined) return NaN
  if (typeof value !== 'number')
    throw new ArchcostError('invalid_workload', 'is no number', setting.address)
  return value
}

export const read = (sums: Sums, { slots }: Column): number => {
  let all = 0
  for (const place of slots) all += sums[place]!
  return all
}
