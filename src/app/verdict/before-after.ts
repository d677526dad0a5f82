/** What another device, degree, format or runtime changed: the numbers that moved, before and after. */
import type { Fit } from '../../engine/deploy/fit.ts'
import { formatBytes, formatExact } from '../../engine/numbers.ts'
import type { Manner } from '../results/show.ts'

interface Row {
  words: string
  of: (fit: Fit) => number | null
  unit: 'byte' | 'count'
}

const rows: readonly Row[] = [
  { words: 'weights of a rank', unit: 'byte', of: ({ per_rank }) => per_rank.weights },
  { words: 'cache of a sequence on a rank', unit: 'byte', of: ({ per_rank }) => per_rank.cache_per_sequence + per_rank.states_per_sequence },
  { words: 'runtime and working memory', unit: 'byte', of: ({ per_rank }) => per_rank.working + per_rank.reserve },
  { words: 'usable of a card', unit: 'byte', of: ({ per_rank }) => per_rank.available },
  { words: 'sequences at most', unit: 'count', of: ({ max_batch }) => max_batch },
  { words: 'tokens at most', unit: 'count', of: ({ max_context }) => max_context },
  { words: 'devices at least', unit: 'count', of: ({ min_devices }) => min_devices },
] // prettier-ignore

export interface Change {
  words: string
  before: string
  after: string
}

/** Where there was no fit or is none, the reason stands for it. */
export function changesOf(
  before: Fit | string,
  after: Fit | string,
  bytes: Manner['bytes'],
): Change[] {
  if (typeof before === 'string' || typeof after === 'string') return []
  const fits = (fit: Fit): string => (fit.fits ? 'fits' : 'does not fit')
  const answer = { words: 'the answer', before: fits(before), after: fits(after) }
  const amounts = rows.map(({ words, of, unit }): Change => {
    const write = (value: number | null): string =>
      value === null ? 'no limit' : unit === 'byte' ? formatBytes(value, bytes) : formatExact(value)
    return { words, before: write(of(before)), after: write(of(after)) }
  })
  return [answer, ...amounts].filter((each) => each.before !== each.after)
}
