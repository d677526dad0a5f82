/** The quantities in view as a table to paste: Markdown or LaTeX. */
import type { Evaluated } from '../models/evaluated.ts'
import { quantityGroups } from '../results/quantities.ts'
import { written } from '../results/show.ts'
import type { Session } from '../state/session.ts'

interface Table {
  head: string[]
  rows: string[][]
  note: string
}

function tableOf(results: readonly Evaluated[], { bytes }: Session): Table {
  const rows = quantityGroups.flatMap(({ title, rows: group }) =>
    group
      .filter((row) => results.some(({ cost }) => (row.of(cost) ?? 0) !== 0))
      .map((row) => [
        `${title}: ${row.label.toLowerCase()}`,
        ...results.map(({ cost, workload }) =>
          written(row.of(cost), row.counted, { bytes, ...workload }),
        ),
      ]),
  )
  const { context, batch, pairs, head } = results[0]!.workload
  const note = `Context ${context}, batch ${batch}, ${pairs === 'causal' ? 'causal pairs' : 'full square'}, head on the ${head === 'last' ? 'last position' : 'whole sequence'}. Computed by archcost.`
  return { head: ['', ...results.map(({ name }) => name)], rows, note }
}

export function markdownTable(results: readonly Evaluated[], session: Session): string {
  const { head, rows, note } = tableOf(results, session)
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const rule = head.map((_, place) => (place === 0 ? ':--' : '--:'))
  return `${[line(head), line(rule), ...rows.map(line)].join('\n')}\n\n${note}\n`
}

export function latexTable(results: readonly Evaluated[], session: Session): string {
  const { head, rows, note } = tableOf(results, session)
  const escaped = (text: string): string =>
    text
      .replaceAll('\\', '\\textbackslash{}')
      .replace(/[&%$#_{}]/g, '\\$&')
      .replaceAll('—', '--')
  const line = (cells: readonly string[]): string => `  ${cells.map(escaped).join(' & ')} \\\\`
  return [
    `\\begin{tabular}{l${'r'.repeat(results.length)}}`,
    '  \\hline',
    line(head),
    '  \\hline',
    ...rows.map(line),
    '  \\hline',
    '\\end{tabular}',
    `% ${note}`,
    '',
  ].join('\n')
}
