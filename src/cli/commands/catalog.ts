/** `archcost catalog`: the published models that are known by name, and the ledger of their counts. */
import { formatExact } from '../../engine/numbers.ts'
import { ledger, type LedgerRow } from '../../import/catalog/ledger.ts'
import type { Command } from '../command.ts'
import { print, styled } from '../output.ts'
import { alignedTable, csv, markdown } from '../table.ts'

export const command: Command = {
  operands: '',
  takes: { min: 0, max: 0 },
  about:
    'Published models that can be named as MODEL. The ledger holds their computed parameters against the published count.',
  options: {
    ledger: { about: 'computed against published, with the reason for every difference' },
    format: { of: ['table', 'json', 'csv', 'markdown'], about: 'how to print it' },
  },
  examples: [
    { run: 'archcost catalog', about: 'the names, with parameters' },
    {
      run: 'archcost catalog --ledger --format markdown > docs/ledger.md',
      about: 'the ledger as a page of the docs',
    },
  ],
  async run(_operands, options) {
    const rows = await ledger()
    await print(
      formats[options['format'] ?? 'table']!(options['ledger'] ? ledgerView : listView, rows),
    )
    return 0
  },
}

interface View {
  /** Above a page of it. */
  intro: string
  head: readonly string[]
  /** Columns of words; the others are numbers. */
  words: readonly number[]
  cells: (row: LedgerRow) => readonly (string | number | null)[]
}

const listView: View = {
  intro: '# Catalogue\n\n',
  head: ['name', 'model_type', 'year', 'parameters', 'active', 'published as'],
  words: [0, 1, 2, 5],
  cells: ({ entry, computed, active }) => [
    entry.name,
    entry.model_type,
    String(entry.year),
    computed,
    active,
    entry.hub,
  ],
}

const ledgerView: View = {
  intro: `# Computed against published

Parameters as archcost computes them from each model's \`config.json\`, and as the model's checkpoint is published.
Computed are trainable values, each once: a tied head counts with its embedding, buffers and multi-token prediction
modules do not count, towers do where they are modelled. Where a checkpoint stores more, what it is is named, to the last value. Where no exact count of a
checkpoint is published, the model was built from the config by the code that is named, and its parameters counted.
This page is written by \`archcost catalog --ledger --format markdown\`.

`,
  head: [
    'model',
    'computed',
    'published',
    'difference',
    'what the difference is',
    'where the config is from',
    'where the count is from',
  ],
  words: [0, 4, 5, 6],
  cells: ({ entry, computed, more, unexplained }) => [
    entry.name,
    computed,
    entry.published?.count ?? null,
    entry.published ? entry.published.count - computed : null,
    reasons(more, unexplained),
    entry.config_source,
    entry.published ? `${entry.published.of}: ${entry.published.source}` : null,
  ],
}

function reasons(
  more: readonly { count: number; why: string }[],
  unexplained: number | null,
): string {
  if (unexplained === null) return 'no exact count is published'
  const known = more.map(({ count, why }) => `${formatExact(count)}: ${why}`)
  return [
    ...known,
    ...(unexplained === 0 ? [] : [`${formatExact(unexplained)}: not explained`]),
  ].join('; ')
}

const shown = (cell: string | number | null): string =>
  cell === null ? '-' : typeof cell === 'number' ? formatExact(cell) : cell

const formats: Record<string, (view: View, rows: readonly LedgerRow[]) => string> = {
  table: ({ head, words, cells }, rows) =>
    alignedTable(
      [{ cells: head, heading: true }, ...rows.map((row) => ({ cells: cells(row).map(shown) }))],
      (row, line) => styled(row.heading ? 'bold' : 'plain', line),
      words,
    ),
  markdown: ({ intro, head, words, cells }, rows) =>
    intro +
    markdown(
      head,
      rows.map((row) => cells(row).map(shown)),
      words,
    ),
  csv: ({ head, cells }, rows) => csv([head, ...rows.map(cells)]),
  json: (_view, rows) =>
    `${JSON.stringify(
      rows.map(({ entry, computed, active, unexplained }) => ({
        ...entry,
        computed,
        active,
        unexplained,
      })),
      null,
      2,
    )}\n`,
}
