/** Costs as a table for people, as Markdown, CSV or JSON. */
import { formatName, writeFormats } from '../architecture/formats.ts'
import { conventionsSaid } from '../engine/conventions.ts'
import { formatExact } from '../engine/numbers.ts'
import type { CostReport } from './cost-report.ts'
import { costSections, type CostRow } from './cost-rows.ts'
import { noteLines, styled } from './output.ts'
import { alignedTable, csv, markdown, type Cell, type Row } from './table.ts'
import { visible } from './visible.ts'

export type Format = 'table' | 'json' | 'csv' | 'markdown'

const formats = {
  table: asTable,
  json: (reports: readonly CostReport[]): string =>
    `${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`,
  csv: asCsv,
  markdown: asMarkdown,
}

export const printCosts = (reports: readonly CostReport[], format: Format): string =>
  formats[format](reports)

/** Exact digits; beside one model alone there is room for short ones too. */
function cellsOf({ values, short }: CostRow): string[] {
  const exact = values.map((value) => (value === null ? '-' : formatExact(value)))
  return values.length === 1 && values[0] !== null ? [...exact, short(values[0]!)] : exact
}

function asTable(reports: readonly CostReport[]): string {
  const names: Row = { cells: ['', ...reports.map(({ name }) => name)] }
  const rows = costSections(reports).flatMap(({ title, rows: inside }): Row[] => [
    { cells: [''] },
    { cells: [title], heading: true },
    ...inside.flatMap((row): Row[] => [
      { cells: [row.label, ...cellsOf(row)] },
      ...row.parts.map((part) => ({ cells: [part.label, ...cellsOf(part)], part: true })),
    ]),
  ])
  const body = alignedTable([names, ...rows], (row, line) =>
    styled(row === names || row.heading ? 'bold' : 'plain', line),
  )
  return `${body}\n${conventions(reports)
    .map((line) => `${styled('dim', line)}\n`)
    .join('')}${notes(reports)}`
}

function asMarkdown(reports: readonly CostReport[]): string {
  const line = (label: string, { values }: CostRow): string[] => [
    label,
    ...values.map((value) => (value === null ? '-' : formatExact(value))),
  ]
  const rows = costSections(reports).flatMap(({ title, rows: inside }) =>
    inside.flatMap((row) => [
      line(`${title}: ${row.label}`, row),
      ...row.parts.map((part) => line(`${title}: ${row.label}: ${part.label}`, part)),
    ]),
  )
  return `${markdown(['', ...reports.map(({ name }) => name)], rows)}\n${conventions(reports).join('\n')}\n${notes(reports, {})}`
}

/** What is exact, and what is a convention that can be switched. */
function conventions(reports: readonly CostReport[]): string[] {
  const { workload } = reports[0]!
  // What is not verified, not understood or left out stands in notes; beside any the whole is not called exact.
  const doubted = reports.some(({ notes: found }) => found.length > 0)
  const bytes = `${formatName(workload.bytes_per_cache)} cache, ${formatName(workload.bytes_per_state)} states`
  return [
    ...(doubted
      ? []
      : [
          'Exact below 2^53: parameters, the FLOPs of matrix products, convolutions and scans, and what the cache must hold.',
        ]),
    `Conventions: ${conventionsSaid(workload)
      .map(({ option, words }) => `${words} (--${option})`)
      .join(', ')}.`,
    `Batch ${formatExact(workload.batch)}${workload.cached === 0 ? '' : `, ${formatExact(workload.cached)} tokens cached before the prefill`}${workload.source === null ? '' : `, source ${formatExact(workload.source)}`}; ${bytes}. ${weightsIn(reports)} 1 GB is 1,000,000,000 bytes, 1 GiB is 1,073,741,824.`,
  ]
}

/** The formats of the weights, of each model where they differ. */
function weightsIn(reports: readonly CostReport[]): string {
  const written = reports.map(({ workload }) => writeFormats(workload.weights))
  if (written.every((each) => each === written[0])) return `Weights (--dtype): ${written[0]}.`
  const each = reports.map(({ name }, place) => `${visible(name)} ${written[place]}`)
  return `Weights (--dtype): ${each.join('; ')}.`
}

function notes(reports: readonly CostReport[], stream?: { isTTY?: boolean }): string {
  const several = reports.length > 1
  const lines = reports.flatMap(({ name, notes: found }) =>
    noteLines(found, stream, several ? `${visible(name)}: ` : ''),
  )
  return lines.length === 0 ? '' : `\n${lines.join('')}`
}

/** A row per model, a column per number; lists such as by_layer are left to JSON. */
function asCsv(reports: readonly CostReport[]): string {
  const flat = reports.map(
    ({ rope: _, notes: __, import: ___, name, model_type, workload, ...cost }) =>
      flatten({
        name,
        model_type,
        workload: { ...workload, weights: writeFormats(workload.weights) },
        ...cost,
      }),
  )
  const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))]
  return csv([columns, ...flat.map((row) => columns.map((column) => row.get(column)))])
}

function flatten(value: object, path = ''): Map<string, Cell> {
  const flat = new Map<string, Cell>()
  for (const [key, part] of Object.entries(value)) {
    if (Array.isArray(part)) continue
    if (typeof part === 'object' && part !== null)
      for (const [inner, each] of flatten(part, `${path}${key}.`)) flat.set(inner, each)
    else flat.set(path + key, part as Cell)
  }
  return flat
}
