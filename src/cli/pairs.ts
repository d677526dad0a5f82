/** Lists and pairs as options take them: `a,b`, `a=1,b=2`. */
import { UsageError } from './errors.ts'

export const splitList = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** `a=b`, parted at the first sign unless another is named. */
export function pair(option: string, text: string, at = text.indexOf('=')): [string, string] {
  if (at < 1 || at === text.length - 1)
    throw new UsageError(`${option} takes NAME=VALUE, not "${text}"`)
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}
