/** A value of what varies as people said it: `q4_k`, not its bytes. */
import { bytesInFormat, formatName } from '../architecture/formats.ts'
import type { SettingValue } from '../engine/vary/index.ts'
import { workloadKeyNamed } from '../engine/workload-text.ts'
import { showValue } from './answer-text.ts'

/** @param said the words that name values of the setting; several formats take as many bytes */
export function shownValue(
  setting: string,
  said: readonly string[],
): (value: SettingValue | undefined) => string {
  const type = workloadKeyNamed(setting)?.type
  if (type !== 'format' && type !== 'formats') return showValue
  const words = new Map(said.map((word) => [bytesInFormat(word), word.trim()]))
  return (value) =>
    typeof value === 'number' ? (words.get(value) ?? formatName(value)) : showValue(value)
}

/** The words among the values that are said of a setting. */
export const saidIn = (values: unknown): string[] =>
  (Array.isArray(values) ? values : [values]).flatMap((each) =>
    typeof each === 'string' ? each.split(',') : [],
  )
