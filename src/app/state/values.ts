/** Values in URLs: a number, `true`, `false`, `null`, a text, or a list as JSON. */
import { parseQuantity } from '../../engine/read-number.ts'
import type { ChangeValue } from '../models/changes.ts'

export const writeValue = (value: ChangeValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)

export function readValue(text: string): ChangeValue {
  if (text === 'true') return true
  if (text === 'false') return false
  if (text === 'null') return null
  if (text.startsWith('[')) return readList(text)
  if (!/^[-.\d]/.test(text)) return text
  try {
    return parseQuantity(text).value
  } catch {
    return text
  }
}

/** Exceptions; that they are sound is for the check of the document to say. */
function readList(text: string): ChangeValue {
  try {
    return JSON.parse(text) as ChangeValue
  } catch {
    return text
  }
}
