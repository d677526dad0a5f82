/** A checkpoint against its architecture, as text. */
import { formatBytes, formatExact } from '../engine/numbers.ts'
import { groups, type Row, type Verification } from '../import/verify/index.ts'
import type { Checkpoint } from './checkpoint.ts'
import { styled } from './output.ts'
import { alignedTable, type Row as Line } from './table.ts'
import { wrapped } from './wrap.ts'
import { visible } from './visible.ts'

/** @param every whether layers that agree are listed one by one */
export function verificationText(
  found: Verification,
  { files, tensors, bytes, troubles }: Checkpoint,
  every: boolean,
): string {
  const { stored, computed, rows, explained, unexplained, exact } = found
  const lines: Line[] = [
    { cells: ['', 'computed', 'stored', 'difference'], heading: true },
    ...(every ? rows.map((row) => ({ row, name: row.place })) : together(rows)).flatMap(
      ({ row, name }) => [line(name, row), ...parts(row)],
    ),
    line('all', { computed, stored }),
  ]
  return [
    `${count(files.length, 'file')}, ${count(tensors.length, 'tensor')}, ${formatBytes(bytes)}`,
    '',
    alignedTable(lines, (row, text) => styled(row.heading ? 'bold' : 'plain', text)).trimEnd(),
    ...(explained.length === 0 ? [] : ['', 'Stored besides:']),
    ...explained.flatMap(({ why, values, tensors: names }) => [
      ...wrapped(`${signed(values)}: ${why}`, '  '),
      ...(names.length === 0
        ? []
        : [styled('dim', `      ${visible(names.join(', '))}${names.length === 3 ? ', …' : ''}`)]),
    ]),
    '',
    ...troubles.map((trouble) => styled('yellow', visible(trouble))),
    verdict(exact, unexplained),
    '',
  ].join('\n')
}

function verdict(exact: boolean, unexplained: number): string {
  if (exact) return 'Every value is accounted for.'
  return unexplained === 0
    ? 'The sums agree, but not in every place.'
    : `${signed(unexplained)} values are not explained.`
}

const count = (some: number, thing: string): string =>
  `${formatExact(some)} ${thing}${some === 1 ? '' : 's'}`
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${formatExact(Math.abs(value))}`

const line = (name: string, { computed, stored }: Pick<Row, 'computed' | 'stored'>): Line => ({
  cells: [
    name,
    formatExact(computed),
    formatExact(stored),
    computed === stored ? '' : signed(stored - computed),
  ],
})

const parts = ({ by_group }: Row): Line[] =>
  by_group === undefined
    ? []
    : groups
        .filter((group) => by_group[group].computed !== by_group[group].stored)
        .map((group) => ({ ...line(group, by_group[group]), part: true }))

/** Layers alike, one after the other, as one line that says how many. */
function together(rows: readonly Row[]): { row: Row; name: string }[] {
  const runs: Row[][] = []
  for (const row of rows) {
    const run = runs.at(-1)
    const alike =
      run !== undefined &&
      stackOf(run[0]!) === stackOf(row) &&
      row.by_group === undefined &&
      run[0]!.by_group === undefined &&
      run[0]!.computed === row.computed
    if (alike && isLayer(row)) run.push(row)
    else runs.push([row])
  }
  return runs.map((run) => {
    const [first, last] = [run[0]!, run.at(-1)!]
    return {
      row: first,
      name:
        run.length === 1
          ? first.place
          : `${first.place.replace('layer', 'layers')} to ${last.place.replace(/\D/g, '')}, each`,
    }
  })
}

const isLayer = ({ place }: Row): boolean => /layer \d/.test(place)
const stackOf = ({ place }: Row): string => place.replace(/\d+/, '')
