/** What another device, degree, format or runtime changed: the numbers that moved, before and after. */
import type { OpenFit } from '../../engine/deploy/open-fit.ts'
import { formatBytes, formatExact } from '../../engine/numbers.ts'
import type { Manner } from '../results/show.ts'

interface Row {
  words: string
  of: (fit: OpenFit) => number | null
  unit: 'byte' | 'count'
}

const rows: readonly Row[] = [
  { words: 'weights of a rank', unit: 'byte', of: ({ room }) => room.weights },
  { words: 'cache of a sequence on a rank', unit: 'byte', of: ({ room }) => room.cache + room.states },
  { words: 'runtime and working memory', unit: 'byte', of: ({ room }) => room.working + room.reserve },
  { words: 'usable of a card', unit: 'byte', of: ({ room }) => room.available },
  { words: 'sequences at most', unit: 'count', of: (fit) => fit.most()?.batch ?? null },
  { words: 'tokens at most', unit: 'count', of: (fit) => fit.max_context() },
  { words: 'devices at least', unit: 'count', of: (fit) => fit.min_devices() },
] // prettier-ignore

export interface Change {
  words: string
  before: string
  after: string
}

/** Where there was no fit or is none, the reason stands for it. */
export function changesOf(
  before: OpenFit | string,
  after: OpenFit | string,
  bytes: Manner['bytes'],
): Change[] {
  if (typeof before === 'string' || typeof after === 'string') return []
  const fits = (fit: OpenFit): string => (fit.room.fits ? 'fits' : 'does not fit')
  const answer = { words: 'the answer', before: fits(before), after: fits(after) }
  const amounts = rows.map(({ words, of, unit }): Change => {
    const write = (value: number | null): string =>
      value === null ? 'no limit' : unit === 'byte' ? formatBytes(value, bytes) : formatExact(value)
    return { words, before: write(of(before)), after: write(of(after)) }
  })
  return [answer, ...amounts].filter((each) => each.before !== each.after)
}
