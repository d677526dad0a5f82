/** Numbers of a quantity in short words: 8.03B parameters, 1.07 GB. */
import { formatBytes, formatShort, formatSi } from '../engine/numbers.ts'

export function shortAnswer(value: number, unit: string): string {
  if (unit === 'byte') return formatBytes(value)
  if (unit === 'FLOP') return formatSi(value, 'FLOP')
  return Number.isInteger(value) ? formatShort(value) : value.toPrecision(4)
}

const hundredths = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 3,
  signDisplay: 'exceptZero',
})
/** +1.02%, with three digits; what the last bits of a number leave over is nothing. */
export const percent = (share: number): string =>
  `${hundredths.format(Math.abs(share) < 1e-14 ? 0 : 100 * share)}%`
