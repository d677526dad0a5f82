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

/** Makes a function quicker that is asked for the same again and again, and depends on some of the settings alone. */
export type Keep = <Answer>(
  depends: readonly number[],
  answer: (values: Values) => Answer,
) => (values: Values) => Answer

/** Keeps the last answer until something changes that it depends on. */
export const remembered: Keep = <Answer>(
  depends: readonly number[],
  answer: (values: Values) => Answer,
) => {
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
