/** What an import made of a config.json, for people. */
import type { ImportReport, Note } from '../import/report.ts'
import { noteLines, styled } from './output.ts'

export function importReport(report: ImportReport | null, notes: readonly Note[]): string {
  const err = process.stderr
  const section = (title: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `${styled('bold', `${title}:`, err)} ${items.join(', ')}\n`
  const pairs = (values: object): string[] =>
    Object.entries(values).map(([key, value]) => `${key} ${JSON.stringify(value)}`)
  const keys =
    report === null
      ? ''
      : section('Read', pairs(report.read)) +
        section('Missing, so taken as', pairs(report.defaulted)) +
        section('Ignored, for it costs nothing', report.ignored) +
        section('Not understood', report.not_understood)
  return keys + noteLines(notes, err).join('')
}
