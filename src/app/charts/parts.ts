/** What a number is made of: the parts of a cost as bars and tables show them. */
import type { Cost } from '../../engine/index.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { classesOf, quantityOf } from '../results/quantities.ts'
import type { MeasureName } from '../state/session.ts'
import type { Counted } from '../results/show.ts'

export interface Part {
  id: string
  label: string
  /** Which colour it has, whatever it is a part of. */
  colour: string
}

export interface Measure {
  id: MeasureName
  title: string
  /** What the parts add up to, in a sentence; the title, where that says it. */
  whole?: string
  counted: Counted
  parts: readonly Part[]
  /** Null where the model has no such number. */
  of: (cost: Cost) => Readonly<Record<string, number>> | null
}

const roleParts = classesOf('params.total').map((part): Part => ({ ...part, colour: part.id }))
const kindColours: Readonly<Record<string, string>> = {
  linear: 'ffn',
  experts: 'experts',
  attention: 'attention',
  convolution: 'router',
  scan: 'state',
}
const kindParts = classesOf('flops.prefill').map((part): Part => ({
  ...part,
  colour: kindColours[part.id] ?? 'other',
}))
const cacheColours: Readonly<Record<string, string>> = {
  growing: 'attention',
  bounded: 'ffn',
  fixed: 'norm',
}

export const measures: readonly Measure[] = [
  {
    id: 'params',
    title: 'Parameters',
    counted: 'parameter',
    parts: roleParts,
    of: ({ params }) => params.by_role,
  },
  {
    id: 'active',
    title: 'Active and idle',
    whole: 'parameters',
    counted: 'parameter',
    parts: [
      { id: 'active', label: quantityOf('params.active')!.label, colour: 'attention' },
      { id: 'idle', label: 'Stored for other tokens', colour: 'norm' },
    ],
    of: ({ params }) => ({ active: params.active, idle: params.total - params.active }),
  },
  {
    id: 'prefill',
    title: 'Prefill work',
    counted: 'FLOP',
    parts: kindParts,
    of: ({ flops }) => flops.prefill_by_kind,
  },
  {
    id: 'decode',
    title: 'Decode work',
    counted: 'FLOP',
    parts: kindParts,
    of: ({ flops }) => flops.decode_by_kind,
  },
  {
    id: 'read',
    title: 'Bytes a decode step reads',
    counted: 'byte',
    parts: [
      { id: 'weights', label: 'Weights', colour: 'ffn' },
      { id: 'cache', label: 'Cache', colour: 'attention' },
    ],
    of: ({ bytes_read: { decode_weights, decode_cache } }) =>
      decode_weights === null || decode_cache === null
        ? null
        : { weights: decode_weights, cache: decode_cache },
  },
  {
    id: 'cache',
    title: 'Cache',
    counted: 'byte',
    parts: classesOf('cache.bytes').map((part) => ({
      ...part,
      colour: cacheColours[part.id] ?? 'other',
    })),
    of: ({ cache }) =>
      cache && { growing: cache.growing, bounded: cache.bounded, fixed: cache.fixed },
  },
]

export interface PartRow {
  part: Part
  /** One for each model; null where the model has no such number. */
  values: readonly (number | null)[]
}

/** The parts that any of the models has. */
export function partRows(measure: Measure, results: readonly Evaluated[]): PartRow[] {
  return measure.parts
    .map((part) => ({
      part,
      values: results.map(({ cost }) => measure.of(cost)?.[part.id] ?? null),
    }))
    .filter(({ values }) => values.some((value) => value !== null && value !== 0))
}

export const sumOf = (rows: readonly PartRow[], place: number): number | null =>
  rows.some(({ values }) => values[place] !== null)
    ? rows.reduce((sum, { values }) => sum + (values[place] ?? 0), 0)
    : null

/** The largest part of the first model, as a sentence. */
export function partFinding(
  rows: readonly PartRow[],
  { title, whole: words = title.toLowerCase() }: Measure,
  name: string,
): string {
  const whole = sumOf(rows, 0)
  if (whole === null || whole === 0) return `${name} has none: ${words}`
  const largest = rows.reduce((most, row) =>
    (row.values[0] ?? 0) > (most.values[0] ?? 0) ? row : most,
  )
  const share = Math.round((100 * (largest.values[0] ?? 0)) / whole)
  return `${largest.part.label}: ${share}% of the ${words} of ${name}`
}
