/** What a mixer is, read from the classes of the cache that it keeps, so that a new formula file needs no entry here. */
import type { Cost } from '../../engine/index.ts'
import type { Trait } from '../../formulas/index.ts'

export type Keeps = 'every' | 'window' | 'both' | 'source' | 'state' | 'nothing'

export function keepsOf(cache: Cost['cache'], trait: Trait | undefined): Keeps {
  const { growing = 0, bounded = 0, fixed = 0 } = cache ?? {}
  if (growing > 0) return bounded > 0 ? 'both' : 'every'
  if (bounded > 0) return 'window'
  if (fixed > 0) return trait === 'cross_attention' ? 'source' : 'state'
  return 'nothing'
}

interface Words {
  legend: string
  /** Beside the bar of what it keeps. */
  rail: string
}

export const keepsWords: Readonly<Record<Keeps, Words>> = {
  every: { legend: 'keeps every token', rail: 'grows' },
  window: { legend: 'keeps a window', rail: 'window' },
  both: { legend: 'keeps compressed tokens and a window', rail: 'grows' },
  source: { legend: 'keeps the encoded source', rail: 'source' },
  state: { legend: 'keeps a state of fixed size', rail: 'fixed state' },
  nothing: { legend: 'keeps nothing of its own', rail: '' },
}

/** Whether a longer context makes it keep more. */
export const grows = (keeps: Keeps): boolean => keeps === 'every' || keeps === 'both'
