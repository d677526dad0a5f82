/** What can be asked of a model on its deployment, by the names that it has in `fit --format json`. */
import type { OpenFit } from './open-fit.ts'

export interface FitTotal {
  name: string
  label: string
  unit: string
  /** Null where nothing limits it. */
  read: (fit: OpenFit) => number | null
}

const ofRank = (name: string, label: string, read: (fit: OpenFit) => number): FitTotal => ({
  name: `fit.per_rank.${name}`,
  label,
  unit: 'byte',
  read,
})

export const fitTotals: readonly FitTotal[] = [
  ofRank('weights', 'Weights of a rank', ({ room }) => room.weights),
  ofRank('cache_per_sequence', 'Cache of a sequence on a rank', ({ room }) => room.cache),
  ofRank('states_per_sequence', 'States of a sequence on a rank', ({ room }) => room.states),
  ofRank('working', 'Working memory of a rank', ({ room }) => room.working),
  ofRank('reserve', 'What a runtime keeps back of a rank', ({ room }) => room.reserve),
  ofRank('available', 'Memory of a rank that may be used', ({ room }) => room.available),
  ofRank('headroom', 'Room left on a rank', ({ room }) => room.headroom),
  ofRank('needed', 'What a rank needs for the batch', ({ room }) => room.available - room.headroom),
  { name: 'fit.total.weights', label: 'Weights of one copy', unit: 'byte', read: (fit) => fit.total().weights }, // prettier-ignore
  {
    name: 'fit.total.cache_per_sequence',
    label: 'Cache of a sequence',
    unit: 'byte',
    read: (fit) => fit.total().cache_per_sequence,
  },
  {
    name: 'fit.runtime_cache.bytes',
    label: 'Cache of the batch on a rank, as it is held',
    unit: 'byte',
    read: ({ room }) => room.held,
  },
  { name: 'fit.max_batch', label: 'Most sequences', unit: 'sequence', read: (fit) => fit.most()?.batch ?? null }, // prettier-ignore
  { name: 'fit.max_context', label: 'Longest context', unit: 'token', read: (fit) => fit.max_context() }, // prettier-ignore
  { name: 'fit.max_tokens', label: 'Most tokens in the cache', unit: 'token', read: (fit) => fit.most()?.tokens ?? null }, // prettier-ignore
  { name: 'fit.min_devices', label: 'Fewest devices', unit: 'device', read: (fit) => fit.min_devices() }, // prettier-ignore
]
