/** A term of a varied design's cost: which settings it depends on, what one layer of it answers, and how many layers hold it. */
import type { SettingValue } from '../../vary/setting.ts'

export type Values = readonly SettingValue[]

export interface Term {
  /** Which columns it adds to. */
  columns: readonly number[]
  /** Its answers are values of settings, NaN where it has none: they are not added up. */
  is_value?: true
  /** Settings that its answers depend on, by index. */
  depends: readonly number[]
  /** What one layer adds to each of its columns. @throws ArchcostError where the values make no block */
  answers: (values: Values) => readonly number[]
  /** Settings that the number of its layers depends on. */
  times_depend: readonly number[]
  /** How many layers hold it; where each sequence has its own, times the sequences. */
  times: (values: Values) => number
}

/** How many settings of an order decide what a term adds. */
export const levelOf = ({ depends, times_depend }: Term, order: readonly number[]): number =>
  order.findLastIndex((setting) => depends.includes(setting) || times_depend.includes(setting)) + 1

/** Keeps the last answer until something changes that it depends on. */
export function remembered<Answer>(
  depends: readonly number[],
  answer: (values: Values) => Answer,
): (values: Values) => Answer {
  const last: SettingValue[] = []
  let is_known = false
  let kept: Answer
  return (values) => {
    for (let at = 0; at < depends.length; at++) {
      const value = values[depends[at]!]!
      if (last[at] === value) continue
      last[at] = value
      is_known = false
    }
    if (is_known) return kept
    kept = answer(values)
    is_known = true
    return kept
  }
}

/**
 * Adds a term to the numbers of a design.
 * @param first where these begin
 * @param many how many layers hold it
 * @param answers those of one layer stand from `from` on
 */
export function addTo(
  numbers: number[] | Float64Array,
  first: number,
  { columns, is_value }: Pick<Term, 'columns' | 'is_value'>,
  many: number,
  answers: ArrayLike<number>,
  from: number,
): void {
  for (let index = 0; index < columns.length; index++) {
    const answer = answers[from + index]!
    if (!is_value) numbers[first + columns[index]!]! += many * answer
    else if (!Number.isNaN(answer)) numbers[first + columns[index]!] = answer
  }
}
