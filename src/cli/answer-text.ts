/** Numbers of a quantity as people read them: every digit, and in human units. */
import { formatBytes, formatExact, formatShort, formatSi } from '../engine/numbers.ts'
import type { SettingValue } from '../engine/vary/index.ts'

/** In human units: 8.030B parameters, 1.074 GB, 19.30 GFLOP. */
export function shortAnswer(value: number, unit: string): string {
  if (unit === 'byte') return formatBytes(value)
  return unit === 'FLOP' ? formatSi(value, 'FLOP') : formatShort(value)
}

/** Numbers of fewer digits are read at a glance. */
const glance = 1e6

/** Beside every digit, for a number that is not read at a glance; null for one that is. */
export const beside = (value: number, unit: string): string | null =>
  unit === 'byte' || unit === 'FLOP' || Math.abs(value) >= glance ? shortAnswer(value, unit) : null

/** Within a sentence: 19,304,284,160 (19.30 GFLOP). */
export function saidAnswer(value: number, unit: string): string {
  const short = beside(value, unit)
  return short === null ? showNumber(value) : `${showNumber(value)} (${short})`
}

/** +1.02%, with three digits; what the last bits of a number leave over is nothing. */
export function percent(share: number): string {
  const hundredths = Math.abs(share) < 1e-14 ? 0 : Number((100 * share).toPrecision(3))
  return `${hundredths > 0 ? '+' : ''}${formatExact(hundredths)}%`
}

/** 1.865 x, where there is such a ratio. */
export const ratioText = (ratio: number | null | undefined): string =>
  ratio === null || ratio === undefined || !Number.isFinite(ratio)
    ? '-'
    : `${ratio >= 1e4 ? formatShort(ratio) : ratio.toPrecision(4)} x`

export const showValue = (value: SettingValue | readonly number[] | undefined): string => {
  if (value === undefined) return '-'
  if (value === null) return 'none'
  if (Array.isArray(value)) return `${value.length} values`
  return typeof value === 'number' ? showNumber(value) : String(value)
}

/**
 * Every digit of a whole number, six decimals of others less the noise of their last bits; six digits of what is too small or
 * too large for either.
 */
export const showNumber = (value: number): string =>
  value !== 0 && (Math.abs(value) < 1e-6 || Math.abs(value) > 1e21)
    ? value.toPrecision(6)
    : formatExact(
        Number.isInteger(value) ? value : Number(Number(value.toPrecision(14)).toFixed(6)),
      )
