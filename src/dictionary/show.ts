/** Figures as text: whole numbers in full, others to what can be read. */
import { formatBytes, formatExact, formatShort, formatSi } from '../engine/numbers.ts'

/** 140,620,634,112, 0.5625, 4.0889. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return formatExact(value)
  const digits =
    Math.abs(value) >= 1000
      ? formatExact(Number(value.toFixed(1)))
      : formatExact(Number(value.toPrecision(5)))
  return digits
}

/** With its unit: 82.24 %, 4.295 GB (4,294,967,296 bytes), 8 experts. */
export function figureText(value: number | readonly number[], unit: string): string {
  if (typeof value !== 'number') return listText(value)
  switch (unit) {
    case '':
    case 'ratio':
    case 'number':
    case 'flag':
      return numberText(value)
    case 'percent':
      return `${formatExact(Number((100 * value).toPrecision(4)))} %`
    case 'byte':
      return Math.abs(value) >= 1000
        ? `${formatBytes(value)} (${numberText(value)} bytes)`
        : `${numberText(value)} bytes`
    case 'FLOP':
      return `${numberText(value)} FLOP`
    default:
      return `${numberText(value)} ${unit}${value === 1 ? '' : 's'}`
  }
}

/** To four digits, for tables: 235.7B, 283.1 MB, 26.57 GFLOP. */
export function shortText(value: number, unit: string): string {
  if (unit === 'byte') return formatBytes(value)
  return unit === 'FLOP' ? formatSi(value, 'FLOP') : formatShort(value)
}

function listText(list: readonly number[]): string {
  const shown = list.length > 6 ? [...list.slice(0, 3), ...list.slice(-3)] : list
  const texts = shown.map(numberText)
  return list.length > 6
    ? `${texts.slice(0, 3).join(', ')}, … ${texts.slice(3).join(', ')} (${list.length})`
    : texts.join(', ')
}
