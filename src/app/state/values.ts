/** Values in URLs: a number, `true`, `false`, `null`, or a text. */
import { parseQuantity } from '../../engine/numbers.ts'
import type { SettingValue } from '../models/changes.ts'

export const writeValue = (value: SettingValue): string => String(value)

export function readValue(text: string): SettingValue {
  if (text === 'true') return true
  if (text === 'false') return false
  if (text === 'null') return null
  if (!/^[-.\d]/.test(text)) return text
  try {
    return parseQuantity(text).value
  } catch {
    return text
  }
}
