/** What values from outside are, and how errors show them. */

/** Far above and below anything real, and such that no product overflows and no quotient is endless. */
const most = 1e12
const smallest = 1e-12

export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isText = (value: unknown): value is string => typeof value === 'string'
export const isScalar = (value: unknown): value is string | number | boolean | null =>
  value === null || isText(value) || isNumber(value) || typeof value === 'boolean'
export const isPositive = (value: unknown): value is number =>
  isNumber(value) && value >= smallest && value <= most
export const isCount = (value: unknown, least: number): value is number =>
  isNumber(value) && Number.isInteger(value) && value >= least && value <= most
export const isListOf = <Item>(
  value: unknown,
  fits: (item: unknown) => item is Item,
): value is Item[] => Array.isArray(value) && value.every(fits)

/** A value from outside, short enough for an error message, whatever it is. */
export function show(value: unknown): string {
  if (typeof value === 'string')
    return value.length > 40 ? `"${value.slice(0, 40)}..."` : `"${value}"`
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  return String(value)
}
