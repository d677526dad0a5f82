/** The value of a step as text: every digit, with its unit. */
import type { Derivation } from '../../engine/index.ts'
import { formatExact } from '../../engine/numbers.ts'

export function plainNumber(value: number): string {
  if (value === Infinity) return '∞'
  return Number.isInteger(value) || Math.abs(value) >= 1000
    ? formatExact(value)
    : String(Number(value.toPrecision(7)))
}

export function valueText(value: Derivation['value']): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return plainNumber(value)
  if (value.length <= 6) return value.map(plainNumber).join(', ')
  return `${value.slice(0, 3).map(plainNumber).join(', ')}, … ${plainNumber(value.at(-1)!)} (${value.length} values)`
}

export function unitText({ unit, value }: Derivation): string {
  if (unit === '' || unit === 'FLOP' || unit.includes('/')) return unit
  return value === 1 ? unit : `${unit}s`
}
