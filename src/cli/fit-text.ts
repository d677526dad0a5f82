/** What fits, for people: one model in rows, several as rows of a table. */
import type { Deployment } from '../architecture/deployment.ts'
import type { Fit } from '../engine/deploy/fit.ts'
import type { RankPart } from '../engine/deploy/rank-parts.ts'
import { formatBytes, formatExact } from '../engine/numbers.ts'
import { foldedTable } from './columns.ts'
import { styled } from './output.ts'
import { alignedTable, type Cell, type Row } from './table.ts'
import { visible } from './visible.ts'

const gib = (bytes: number): string => formatBytes(bytes, 'GiB')
const count = (value: number | null): string => (value === null ? 'no limit' : formatExact(value))

/** `8 x NVIDIA H100 SXM, tp 8, vllm`. */
export function deploymentLine({ device, devices, parallel, runtime }: Deployment): string {
  // Experts are cut as all else is unless something else is said.
  const follows = parallel?.etp === parallel?.tp
  const degrees = Object.entries(parallel ?? {}).flatMap(([name, degree]) =>
    name === 'dp_attention'
      ? degree === true
        ? ['data-parallel attention']
        : []
      : Number(degree) > 1 && !(follows && name === 'etp')
        ? [`${name} ${degree}`]
        : [],
  )
  const { name } = runtime as { name: string }
  return [`${devices} x ${device}`, ...degrees, name === 'none' ? 'no runtime' : name].join(', ')
}

export function fitText(fit: Fit): string {
  const { per_rank: rank, total, runtime_cache, marks, at_least } = fit
  const { request, formats } = fit.deployment
  const { compute } = formats!
  const computed = typeof compute === 'string' ? compute : Object.entries(compute!).map(([kind, format]) => `${kind} ${format}`).join(', ') // prettier-ignore
  const context = (request!.input ?? 0) + (request!.output ?? 0) + (request!.cached ?? 0)
  const marked = (name: string): string =>
    marks[name] === undefined || marks[name] === 'exact' ? '' : ` (${marks[name]})`
  const bytes = (label: string, value: number): Row => ({
    // What shares a page may end within a byte.
    cells: [label, formatExact(Math.round(value)), gib(value)],
  })
  const number = (label: string, value: number | null): Row => ({
    cells: [label, value === null ? 'no limit' : formatExact(value)],
  })
  const seconds = (label: string, value: number): Row => ({
    cells: [label, String(Number(value.toPrecision(3)))],
  })
  const replicated = (of: RankPart['of']): Row[] => {
    const value = fit.per_rank_parts.reduce(
      (sum, part) =>
        part.of === of && part.copies !== null && part.copies > 1 ? sum + part.bytes : sum,
      0,
    )
    return value === 0 ? [] : [{ ...bytes('Of these on other ranks too', value), part: true }]
  }
  const heading = (text: string): Row[] => [{ cells: [''] }, { cells: [text], heading: true }]
  const rows: Row[] = [
    { cells: [`${fit.name} ${fit.fits ? 'fits' : 'does not fit'} on ${deploymentLine(fit.deployment)}`], heading: true },
    ...heading('The fullest rank, in bytes'),
    bytes(`Memory that may be used${marked('available')}`, rank.available),
    bytes(`Weights${marked('weights')}`, rank.weights),
    ...replicated('weights'),
    bytes(`Working memory of a step${marked('working')}`, rank.working),
    bytes(`Context, communication, graphs${marked('reserve')}`, rank.reserve),
    bytes('Cache of the batch, as it is held', runtime_cache.bytes),
    ...Object.entries(runtime_cache.parts).map(
      ([held, value]): Row => ({ ...bytes(held[0]!.toUpperCase() + held.slice(1), value), part: true }),
    ),
    ...replicated('cache'),
    bytes('Room left', rank.headroom),
    ...heading(`A sequence of ${formatExact(context)} tokens, on that rank`),
    bytes('Cache needed', rank.cache_per_sequence),
    bytes('States needed', rank.states_per_sequence),
    ...heading('The whole deployment'),
    number(`Most sequences${marked('max_batch')}`, fit.max_batch),
    number(`Longest context of the batch${marked('max_context')}`, fit.max_context),
    number(`Most tokens in the cache${marked('max_tokens')}`, fit.max_tokens),
    { cells: [`Fewest devices${marked('fits')}`, fit.min_devices === null ? 'none of those tried' : formatExact(fit.min_devices)] },
    ...(at_least === null
      ? []
      : [
          ...heading(`Seconds at least, in ${computed} (bound)`),
          seconds(at_least.step === null ? 'Pass over the batch' : 'Prefill of the batch', at_least.prefill),
          ...(at_least.step === null ? [] : [seconds('Decode step of the batch', at_least.step)]),
        ]),
    ...heading('One uncut copy'),
    bytes('Weights', total.weights),
    bytes('Cache of a sequence', total.cache_per_sequence),
  ] // prettier-ignore
  const notes = fit.notes.map((note) => `${styled('dim', visible(sentence(note)))}\n`).join('')
  return `${alignedTable(rows, (row, line) => styled(row.heading ? 'bold' : 'plain', line))}\n${notes}`
}

const sentence = (note: string): string => `${note[0]!.toUpperCase()}${note.slice(1)}.`

const columns: readonly { head: string; cell: (fit: Fit) => string; value: (fit: Fit) => Cell }[] = [
  { head: 'fits', cell: ({ fits }) => (fits ? 'yes' : 'no'), value: ({ fits }) => String(fits) },
  ...(
    [
      ['weights', ({ per_rank }) => per_rank.weights],
      ['cache_per_sequence', ({ per_rank }) => per_rank.cache_per_sequence],
      ['states_per_sequence', ({ per_rank }) => per_rank.states_per_sequence],
      ['working', ({ per_rank }) => per_rank.working],
      ['reserve', ({ per_rank }) => per_rank.reserve],
      ['headroom', ({ per_rank }) => per_rank.headroom],
    ] as [string, (fit: Fit) => number][]
  ).map(([head, value]) => ({ head, value, cell: (fit: Fit) => gib(value(fit)) })),
  ...(['max_batch', 'max_context', 'max_tokens', 'min_devices'] as const).map((head) => ({
    head,
    value: (fit: Fit) => fit[head],
    cell: (fit: Fit) => (head === 'min_devices' && fit[head] === null ? '-' : count(fit[head])),
  })),
] // prettier-ignore

/** A row for each model. */
export const fitCells = (fits: readonly Fit[]): Cell[][] => [
  ['name', 'deployment', ...columns.map(({ head }) => head)],
  ...fits.map((fit) => [
    fit.name,
    deploymentLine(fit.deployment),
    ...columns.map(({ value }) => value(fit)),
  ]),
]

export function fitTable(fits: readonly Fit[]): string {
  const table = foldedTable(
    [{ head: '', cells: fits.map(({ name }) => name), left: true }],
    columns.map(({ head, cell }) => ({ head: head.replaceAll('_', ' '), cells: fits.map(cell) })),
    (line) => styled('bold', line),
  )
  const [first] = fits
  return first
    ? `On ${deploymentLine(first.deployment)}; bytes of the fullest rank.\n\n${table}`
    : ''
}
