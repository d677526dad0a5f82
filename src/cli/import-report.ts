/** What an import made of a config.json, for people. */
import { byReason } from '../import/left-out.ts'
import type { ImportReport, Note } from '../import/report.ts'
import { noteLines, styled } from './output.ts'
import { surroundings } from './surroundings.ts'

export function importReport(report: ImportReport | null, notes: readonly Note[]): string {
  const err = surroundings().stderr
  const section = (title: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `${styled('bold', `${title}:`, err)} ${items.join(', ')}\n`
  const pairs = (values: object): string[] =>
    Object.entries(values).map(([key, value]) => `${key} ${brief(value)}`)
  const keys =
    report === null
      ? ''
      : section('Read', pairs(report.read)) +
        section('Missing, so taken as', pairs(report.defaulted)) +
        section(
          'Missing, so derived',
          Object.entries(report.derived).map(
            ([key, { value, from }]) => `${key} ${brief(value)} (${from})`,
          ),
        ) +
        byReason(report.left_out)
          .map(([why, names]) => section(`Left out, for ${why}`, names))
          .join('') +
        section('Ignored, for it costs nothing', report.ignored) +
        section('Not understood', report.not_understood)
  return keys + noteLines(notes, err).join('')
}

/** Long lists, such as one with an entry for each layer, are cut. */
function brief(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
