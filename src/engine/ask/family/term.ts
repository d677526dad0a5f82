/** A term of a varied design's cost: which settings it depends on, what one layer of it answers, and how many layers hold it. */
import type { SettingValue } from '../../vary/setting.ts'
import type { Column } from './columns.ts'

export type Values = readonly SettingValue[]

export interface Term {
  /** Which columns it adds to. */
  columns: readonly number[]
  /** Its answers are values of blocks, NaN where it has no such block: they are not added up. */
  is_of_block?: true
  /** Settings that its answers depend on, by index. */
  depends: readonly number[]
  /** What one layer adds to each of its columns. @throws ArchcostError where the values make no block */
  answers: (values: Values) => readonly number[]
  /** Settings that the number of its layers depends on. */
  times_depend: readonly number[]
  /** How many layers hold it. */
  times: (values: Values) => number
}

/** The sums before any term is added. */
export const startOf = (columns: readonly Column[]): Float64Array =>
  Float64Array.from(columns, ({ of }) => (of === 'block' ? NaN : 0))

/** Adds what so many layers answer, which stands in `answers` from `first` on. */
export function addTo(
  sums: Float64Array,
  { columns, is_of_block }: Term,
  times: number,
  answers: ArrayLike<number>,
  first = 0,
): void {
  for (let index = 0; index < columns.length; index++) {
    const answer = answers[first + index]!
    if (!is_of_block) sums[columns[index]!]! += times * answer
    else if (!Number.isNaN(answer)) sums[columns[index]!] = answer
  }
}

/** Keeps the last answer until something changes that it depends on. */
export function remembered<Answer>(
  depends: readonly number[],
  answer: (values: Values) => Answer,
): (values: Values) => Answer {
  let last: SettingValue[] | undefined
  let kept: Answer
  const isSame = (values: Values): boolean => {
    if (!last) return false
    for (let at = 0; at < depends.length; at++) if (last[at] !== values[depends[at]!]) return false
    return true
  }
  return (values) => {
    if (isSame(values)) return kept
    last = undefined
    kept = answer(values)
    last = depends.map((setting) => values[setting]!)
    return kept
  }
}
