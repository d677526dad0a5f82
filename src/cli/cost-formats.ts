/** Costs as a table for people, as Markdown, CSV or JSON. */
import { formatName, writeFormats } from '../architecture/formats.ts'
import { conventionsSaid } from '../engine/conventions.ts'
import { formatExact } from '../engine/numbers.ts'
import type { Workload } from '../engine/types.ts'
import type { CostReport } from './cost-report.ts'
import { readCost } from '../engine/read-cost.ts'
import { totals } from '../formulas/index.ts'
import { shortAnswer } from './answer-text.ts'
import { foldedTable, widest, type Column } from './columns.ts'
import { wrapped } from './wrap.ts'
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

const exactOf = (value: number | null): string => (value === null ? '-' : formatExact(value))

function asTable(reports: readonly CostReport[]): string {
  const table = reports.length === 1 ? tableOfOne(reports) : tableOfSeveral(reports)
  const said = conventions(reports)
    .flatMap((line) => wrapped(line, '', widest))
    .map((line) => `${styled('dim', line)}\n`)
  return `${table}\n${said.join('')}${notes(reports)}`
}

/** A row for each number: every digit, and human units beside them. */
function tableOfOne(reports: readonly CostReport[]): string {
  const names: Row = { cells: ['', ...reports.map(({ name }) => name)] }
  const cellsOf = ({ label, values: [value = null], inUnits }: CostRow): string[] => [
    label,
    exactOf(value),
    ...(value === null ? [] : [inUnits(value)]),
  ]
  const rows = costSections(reports).flatMap(({ title, rows: inside }): Row[] => [
    { cells: [''] },
    { cells: [title], heading: true },
    ...inside.flatMap((row): Row[] => [
      { cells: cellsOf(row) },
      ...row.parts.map((part) => ({ cells: cellsOf(part), part: true })),
    ]),
  ])
  return alignedTable([names, ...rows], (row, line) =>
    styled(row === names || row.heading ? 'bold' : 'plain', line),
  )
}

/** A row for each model: what is asked for most in human units, and then all with every digit, section by section. */
function tableOfSeveral(reports: readonly CostReport[]): string {
  const bold = (line: string): string => styled('bold', line)
  const models = { head: '', cells: reports.map(({ name }) => name), left: true }
  // Where some have towers, the whole goes before the language model.
  const whole = 'params.whole.total'
  const leads = reports.some((report) => readCost(report, whole) !== null)
  const usual = totals
    .filter(({ name, usual: isUsual }) => isUsual || (leads && name === whole))
    .toSorted((a, b) => Number(b.name === whole) - Number(a.name === whole))
    .map(({ name, label, unit }) => ({
      head: label,
      cells: reports.map((report) => {
        const value = readCost(report, name)
        return value === null ? '-' : shortAnswer(value, unit)
      }),
    }))
  const column = (head: string, { values, unit }: CostRow): Column => {
    const exact = values.map(exactOf)
    // Nothing needs no unit.
    const short = values.map((value) => (value ? shortAnswer(value, unit) : ''))
    return {
      head,
      // Aligned among themselves, since one column holds both.
      cells: aligned(exact).map((digits, place) => `${digits}  ${aligned(short)[place]!}`),
    }
  }
  const [workload, ...sections] = costSections(reports)
  const blocks = sections.map(({ title, rows }) => {
    const columns = rows.flatMap((row) => [
      column(row.label, row),
      ...row.parts.map((part, place) => column(`${place === 0 ? '=' : '+'} ${part.label}`, part)),
    ])
    return `${bold(title)}\n${foldedTable([models], columns, (line) => styled('dim', line))}`
  })
  const contexts = workload!.rows.map((row) => ({
    head: row.label,
    cells: row.values.map(exactOf),
  }))
  const overview = foldedTable([models], [...contexts, ...usual], bold)
  return [`${bold(workload!.title)}\n${overview}`, ...blocks].join('\n')
}

const aligned = (texts: readonly string[]): string[] => {
  const width = Math.max(...texts.map(({ length }) => length))
  return texts.map((text) => text.padStart(width))
}

function asMarkdown(reports: readonly CostReport[]): string {
  const line = (label: string, { values }: CostRow): string[] => [label, ...values.map(exactOf)]
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
  const states = byModel(reports, (each) => `${formatName(each.bytes_per_state)} states`)
  const bytes = `${cacheWords(workload)}, ${states.join(', ')}`
  return [
    ...(doubted
      ? []
      : [
          'Exact below 2^53: parameters, the FLOPs of matrix products, convolutions and scans, and what the cache must hold.',
        ]),
    `Conventions: ${conventionsSaid(workload)
      .map(({ option, words }) => `${words} (--${option})`)
      .join(', ')}.`,
    `Batch ${formatExact(workload.batch)}${workload.cached === 0 ? '' : `, ${formatExact(workload.cached)} tokens cached before the prefill`}${workload.source === null ? '' : `, source ${formatExact(workload.source)}`}${shown(reports)}; ${bytes}. ${weightsIn(reports)} 1 GB is 1,000,000,000 bytes, 1 GiB is 1,073,741,824.`,
  ]
}

/** Images and sound of each sequence, where some model takes them in. */
function shown(reports: readonly CostReport[]): string {
  const taken = <Key extends 'images' | 'audio_seconds'>(key: Key): Workload[Key] =>
    reports.map(({ workload }) => workload[key]).find((said) => said !== null) ?? null
  const [images, audio_seconds] = [taken('images'), taken('audio_seconds')]
  const { count, width, height } = images ?? { count: 0, width: 0, height: 0 }
  return [
    ...(images === null
      ? []
      : [
          `, ${formatExact(count)} ${count === 1 ? 'image' : 'images'} of ${formatExact(width)} by ${formatExact(height)}`,
        ]),
    ...(audio_seconds === null ? [] : [`, ${formatExact(audio_seconds)} seconds of audio`]),
  ].join('')
}

/** Keys and values by themselves where they differ from the rest of the cache. */
function cacheWords({ bytes_per_cache, bytes_per_keys, bytes_per_values }: Workload): string {
  const apart = [
    [bytes_per_keys, 'keys'],
    [bytes_per_values, 'values'],
  ] as const
  return [
    `${formatName(bytes_per_cache)} cache`,
    ...apart.flatMap(([bytes, what]) =>
      bytes === undefined || bytes === bytes_per_cache ? [] : [`${formatName(bytes)} ${what}`],
    ),
  ].join(', ')
}

/** The formats of the weights, with the models that have them where they differ. */
const weightsIn = (reports: readonly CostReport[]): string =>
  `Weights (--dtype): ${byModel(reports, ({ weights }) => writeFormats(weights)).join('; ')}.`

/** What is said of each workload, with the names of the models where they differ. */
function byModel(reports: readonly CostReport[], of: (workload: Workload) => string): string[] {
  const models = new Map<string, string[]>()
  for (const { name, workload } of reports) {
    const words = of(workload)
    models.set(words, [...(models.get(words) ?? []), visible(name)])
  }
  return [...models].map(([words, names]) =>
    models.size === 1 ? words : `${words} (${names.join(', ')})`,
  )
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
    ({ rope: _, notes: __, import: ___, stored: ____, name, model_type, workload, ...cost }) =>
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
