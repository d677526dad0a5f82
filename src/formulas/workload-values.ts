/** What the parts of a workload may be. Called by the generated code that completes one. */
import type { Refuse } from './runtime.ts'

/** Far above anything real, and low enough that no product overflows: of fields, links and the command line. */
export const most = 1e12

/** A number of bytes. */
export function size(value: unknown, key: string, refuse: Refuse): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && value > 0 && value <= most) return value
  return refuse(key, value, `a number above 0 and up to ${most}`)
}

/** A whole number of at least `min`. */
export function whole(
  value: unknown,
  key: string,
  min: number,
  refuse: Refuse,
): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && value >= min && value <= most && Number.isInteger(value))
    return value
  return refuse(key, value, `a whole number from ${min} to ${most}`)
}

/** Whole numbers of at least 1 by name. */
export function record<Name extends string>(
  value: unknown,
  key: string,
  fields: Readonly<Record<Name, number | null>>,
  refuse: Refuse,
): Record<Name, number> | undefined {
  if (value === undefined) return undefined
  const names = Object.keys(fields) as Name[]
  const words = names.map((name) => (fields[name] === null ? name : `${name} (or ${fields[name]})`))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(key, value, `an object with ${words.join(', ')}`)
  const given = value as Record<string, unknown>
  const other = Object.keys(given).find((name) => !Object.hasOwn(fields, name))
  if (other !== undefined)
    return refuse(key, value, `an object with no more than ${words.join(', ')}`)
  const missing = names.find((name) => (given[name] ?? fields[name]) === null)
  if (missing !== undefined)
    return refuse(`${key}.${missing}`, value, `an object with ${words.join(', ')}`)
  return Object.fromEntries(
    names.map((name) => [
      name,
      whole(given[name] ?? fields[name] ?? null, `${key}.${name}`, 1, refuse),
    ]),
  ) as Record<Name, number>
}

export function atMost(value: number, key: string, max: number, refuse: Refuse): void {
  if (value > max) refuse(key, value, `at most ${max}`)
}

export function choice<Text extends string>(
  value: unknown,
  key: string,
  of: readonly Text[],
  refuse: Refuse,
): Text | undefined {
  if (value === undefined || of.includes(value as Text)) return value as Text | undefined
  return refuse(key, value, `one of ${of.join(', ')}`)
}
