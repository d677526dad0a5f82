/** An entry of the dictionary as text: words, claims with their verdicts, and the calculations. */
import type { ComputedExample, Entry, Mechanism, Source } from '../dictionary/index.ts'
import { shortText } from '../dictionary/show.ts'
import { styled } from './output.ts'
import { alignedTable } from './table.ts'
import { wrapped } from './wrap.ts'

export interface OpenEntry {
  entry: Entry
  mechanisms: readonly Mechanism[]
  examples: readonly ComputedExample[]
}

export function entryText({ entry, mechanisms, examples }: OpenEntry): string {
  const { title, about, purpose, settings, see, sources } = entry
  const lines = [
    styled('bold', title),
    '',
    ...wrapped(about),
    '',
    ...wrapped(purpose),
    '',
    ...listed('Settings', settings),
    ...listed(
      'Formula files',
      mechanisms.map(({ file }) => file),
    ),
    ...listed('See also', see),
    ...examples.flatMap((example) => ['', ...exampleLines(example)]),
    '',
    'Sources:',
    ...Object.values(sources).flatMap((source) => wrapped(sourceText(source), '  ')),
  ]
  return `${lines.join('\n')}\n`
}

const listed = (label: string, names: readonly string[]): string[] =>
  names.length > 0 ? wrapped(`${label}: ${names.join(', ')}`) : []

function exampleLines({
  title,
  claim,
  verdict,
  because,
  models,
  rows,
  figures,
}: ComputedExample): string[] {
  const head = { cells: ['', ...rows.map(({ label }) => label)], heading: true }
  const table = models.map(({ name }, place) => ({
    cells: [name, ...rows.map(({ unit, values }) => shortText(values[place]!, unit))],
  }))
  return [
    styled('bold', title),
    ...wrapped(`Said: ${claim}`, '  '),
    ...wrapped(`Verdict: ${verdict}. ${because}`, '  '),
    ...(rows.length === 0
      ? []
      : [
          '',
          ...alignedTable([head, ...table], (_row, line) => `  ${line}`)
            .trimEnd()
            .split('\n'),
        ]),
    ...(figures.length === 0 ? [] : ['']),
    ...figures.flatMap(({ label, calculation, published }) => [
      `  ${label}${published === undefined ? '' : ` (published: ${published})`}`,
      styled('dim', `      ${calculation}`),
    ]),
  ]
}

function sourceText({ title, arxiv, url, section }: Source): string {
  const where = arxiv === undefined ? url : `https://arxiv.org/abs/${arxiv}`
  const part = section === undefined ? '' : `, section ${section}`
  return `${title}${part}${where === undefined ? '' : `, ${where}`}`
}
