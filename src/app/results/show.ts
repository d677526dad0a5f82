/** How quantities are written: four digits and a unit, or every digit. */
import { formatBytes, formatExact, formatShort, formatSi } from '../../engine/numbers.ts'
import type { Workload } from '../../engine/index.ts'

export type Counted = 'parameter' | 'FLOP' | 'byte' | 'plain'

export interface Manner {
  bytes: 'GB' | 'GiB'
  /** FLOPs, or multiply-adds. */
  flops_per_mac: Workload['flops_per_mac']
}

export interface Shown {
  digits: string
  unit: string
  /** Every digit, with the unit in words. */
  exact: string
}

/** Not known or not applicable is a dash, never 0. */
export const dash = '—'

export function show(value: number | null, counted: Counted, manner: Manner): Shown {
  if (value === null || Number.isNaN(value)) return { digits: dash, unit: '', exact: dash }
  const [digits = '', unit = ''] = parted(value, counted, manner)
  const word = { parameter: 'parameters', FLOP: flopWord(manner), byte: 'bytes', plain: '' }
  return { digits, unit, exact: `${formatExact(value)} ${word[counted]}`.trim() }
}

export const written = (value: number | null, counted: Counted, manner: Manner): string => {
  const { digits, unit } = show(value, counted, manner)
  return unit === '' ? digits : `${digits} ${unit}`
}

const flopWord = ({ flops_per_mac }: Manner): string =>
  flops_per_mac === 1 ? 'multiply-adds' : 'FLOP'

function parted(value: number, counted: Counted, manner: Manner): string[] {
  if (!Number.isFinite(value)) return ['∞', '']
  switch (counted) {
    case 'byte':
      return formatBytes(value, manner.bytes).split(' ')
    case 'FLOP':
      return formatSi(value, manner.flops_per_mac === 1 ? 'MAC' : 'FLOP').split(' ')
    case 'parameter':
    case 'plain':
      return /^([\d.,-]+)(.*)$/.exec(formatShort(value))?.slice(1) ?? [String(value)]
  }
}

/** Ticks stand on round numbers: 100.0 GB is 100 GB. */
export const withoutZeros = (text: string): string =>
  text.replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '')

/** `4.1×`, `0.24×`, or `=`. */
export function ratio(value: number | null, base: number | null): string {
  if (value === null || base === null || base === 0) return dash
  if (value === base) return '='
  if (value === 0) return '0×'
  const times = value / base
  return `${times >= 100 ? formatExact(Math.round(times)) : times.toPrecision(3)}×`
}
