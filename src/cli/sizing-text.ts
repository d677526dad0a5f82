/** Shapes for a budget as a table, JSON and CSV, and in words what ruled all of them out. */
import { parseMeasure } from '../engine/ask/quantity/measures.ts'
import type { Brief } from '../engine/ask/size/brief.ts'
import type { Miss } from '../engine/ask/size/depth-search.ts'
import { nameOf, type Shape } from '../engine/ask/size/shape.ts'
import { nearestMisses, type Sizing } from '../engine/ask/size/size.ts'
import { formatBytes, formatExact, formatShort } from '../engine/numbers.ts'
import { percent, shortAnswer } from './answer-text.ts'
import type { Memory } from './deployment-options.ts'
import { styled } from './output.ts'
import { alignedTable, csv, type Cell, type Row } from './table.ts'
import { visible } from './visible.ts'

/** @param memory what is said of the device's memory, where one is named */
export function sizingText(
  sizing: Sizing,
  brief: Brief,
  format: string,
  memory: Memory | null,
): string {
  const { shapes } = sizing
  switch (format) {
    case 'architecture':
      return `${JSON.stringify(shapes[0]!.architecture, null, 2)}\n`
    case 'json':
      return `${JSON.stringify(asObject(sizing, brief), null, 2)}\n`
    case 'csv':
      return asCsv(shapes, brief)
    default:
      return `${asTable(shapes, brief)}\n${footLines(sizing, brief, memory)
        .map((line) => `${styled('dim', line)}\n`)
        .join('')}`
  }
}

const asObject = ({ shapes, misses, refusals, looked }: Sizing, brief: Brief): object => ({
  like: brief.architecture.name,
  budget: { quantity: brief.budget, at_most: brief.target },
  active: brief.active,
  memory: brief.memory,
  minimise: brief.minimise,
  multiple_of: brief.multiples,
  near: brief.near,
  workload: brief.workload,
  looked,
  shapes: shapes.map((shape) => shapeObject(shape)),
  ...(shapes.length === 0 && { nearest_misses: nearestMisses(misses).map(missObject), refusals }),
})

const shapeObject = ({ told, cache: _cache, decode: _decode, ...shape }: Shape): object => ({
  ...shape,
  told: Object.fromEntries(told.map(({ name, value }) => [name, value])),
})

const missObject = ({ condition, count, by, shape }: Miss): object => ({
  condition,
  rules_out: count,
  nearest_misses_by: by,
  nearest: shapeObject(shape),
})

/** Of settings that tell shapes apart; those of the experts' width are of one feed-forward network. */
const heads: Readonly<Record<string, string>> = {
  n_heads: 'heads',
  n_kv_heads: 'KV heads',
  d_ff: 'FFN width',
  d_ff_expert: 'FFN width',
  n_experts: 'experts',
  top_k: 'top-k',
}

const toldNames = (shapes: readonly Shape[]): string[] => [
  ...new Set(shapes.flatMap(({ told }) => told.map(({ name }) => name))),
]

const toldValue = ({ told }: Shape, name: string): number | undefined =>
  told.find((each) => each.name === name)?.value

function asTable(shapes: readonly Shape[], brief: Brief): string {
  const { unit } = parseMeasure(brief.architecture, brief.minimise)
  const names = toldNames(shapes)
  const with_active = brief.active !== null
  const head: Row = {
    cells: [
      'layers',
      'width',
      ...names.map((name) => heads[name] ?? name),
      'params',
      ...(with_active ? ['active'] : []),
      brief.minimise,
      'memory',
      'residual',
    ],
  }
  const rowOf = (shape: Shape): string[] => [
    String(shape.n_layers),
    formatExact(shape.d_model),
    ...names.map((name) => {
      const value = toldValue(shape, name)
      return value === undefined ? '-' : formatExact(value)
    }),
    formatShort(shape.params),
    ...(with_active ? [formatShort(shape.active)] : []),
    shortAnswer(shape.cost, unit),
    formatBytes(shape.memory),
    percent(shape.residual),
  ]
  const rows = shapes.flatMap((shape): Row[] => [
    { cells: rowOf(shape) },
    ...shape.departures.map((text) => ({ cells: [text], heading: true, part: true })),
  ])
  return alignedTable([head, ...rows], (row, line) =>
    styled(row === head ? 'bold' : row.heading ? 'dim' : 'plain', line),
  )
}

function footLines({ shapes, looked }: Sizing, brief: Brief, memory: Memory | null): string[] {
  const kept = shapes.filter(({ departures }) => departures.length === 0).length
  const { architecture, active, minimise, near } = brief
  const name = visible(architecture.name)
  return [
    `${kept} of ${shapes.length} keep the ratios of ${name} within a factor of ${near} (--like, --near)${kept < shapes.length ? '; the others say where they leave them' : ''}.`,
    `Ranked by ${minimise} (--minimise). ${formatExact(looked)} designs were looked at.`,
    ...(active === null ? [] : [`At most ${formatShort(active)} active parameters (--active).`]),
    ...(memory === null ? [] : [memory.words]),
  ]
}

function asCsv(shapes: readonly Shape[], { minimise }: Brief): string {
  const names = toldNames(shapes)
  const columns = ['params.total', 'params.active', 'memory.bytes', minimise]
  return csv([
    [
      'n_layers',
      'd_model',
      ...names,
      ...new Set(columns),
      'residual',
      'active_residual',
      'departures',
    ],
    ...shapes.map((shape): Cell[] => {
      const costs = new Map([
        [minimise, shape.cost],
        ['params.total', shape.params],
        ['params.active', shape.active],
        ['memory.bytes', shape.memory],
      ])
      return [
        shape.n_layers,
        shape.d_model,
        ...names.map((name) => toldValue(shape, name)),
        ...[...new Set(columns)].map((name) => costs.get(name)),
        shape.residual,
        shape.active_residual,
        shape.departures.join('; '),
      ]
    }),
  ])
}

/** Of each condition what it rules out and how near the nearest comes; and why depths have no design at all. */
export const missLines = ({ misses, refusals }: Sizing): string[] => [
  ...nearestMisses(misses).map(
    ({ condition, count, by, shape }) =>
      `${condition}: rules out ${formatExact(count)} designs; the nearest, ${nameOf(shape)}, misses it by ${percent(by).slice(1)}.`,
  ),
  ...refusals.map(visible),
]
