/** The layers of a rank that hold a cache, and what each keeps of a sequence. */
import type { Model } from '../../architecture/model.ts'
import { classes } from '../../formulas/index.ts'
import { rankSlot } from '../../formulas/generated/contract.ts'
import type { Sums } from '../../formulas/runtime.ts'
import { encodedPositions } from '../encoded.ts'
import { decodePass } from '../sums.ts'
import type { Workload } from '../types.ts'
import { entering, noRankSums, type Held, type Stage } from './rank.ts'
import { rankFormulas, uncut } from './shares.ts'

/** Bytes by what is held. */
export type Parts = Record<Held, number>
const none = Object.fromEntries(classes.holds.map((held) => [held, 0])) as Parts
export const noParts = (): Parts => ({ ...none })
export const sumOf = (parts: Parts): number =>
  Object.values(parts).reduce((sum, each) => sum + each, 0)
export function addTo(sum: Parts, parts: Parts, times = 1): void {
  for (const held of classes.holds) sum[held] += times * parts[held]
}

export function scaled(parts: Parts, factor: number): Parts {
  const product = noParts()
  addTo(product, parts, factor)
  return product
}

type Grows = (typeof classes.grows)[number]

/** Where a rank's sums have the bytes of each that is held, by how it grows. */
const slots = new Map(
  classes.grows.map((grows) => [
    grows,
    classes.holds.map((held) => [held, rankSlot[`cache_bytes.${held}.${grows}`]] as const),
  ]),
)

/** Formats of a byte, so that bytes are elements. */
const inBytes = { bytes_per_cache: 1, bytes_per_keys: 1, bytes_per_values: 1, bytes_per_state: 1 }

/** Layers that hold the same cache. */
export interface CacheLayers {
  layers: number
  /** Tokens that a layer sees back where that is all that bounds it; infinity where it sees everything. */
  window: number
  /** Tokens that it sees one by one, whatever else it keeps. */
  reach: number
  /** How many tokens become an entry, and how many an entry is made of, where entries overlap; null where none are pooled. */
  pools: { rate: number; span: number } | null
  /** Columns that a convolution of it looks back on; 0 where there is none. */
  columns: number
  /** Bytes of one layer and sequence after so many tokens. */
  bytes: (tokens: number, grows: Grows) => Parts
  /** Which of them it holds. */
  grows: ReadonlySet<Grows>
}

/** @param bytesOf bytes of an element, by what is held */
export function cacheLayers(
  { blocks }: Stage,
  model: Model,
  workload: Workload,
  bytesOf: Readonly<Parts>,
): CacheLayers[] {
  const plain = { ...workload, ...inBytes }
  const positions = encodedPositions(model, workload)
  return blocks.flatMap(({ block, role, layers, capacity, shares }): CacheLayers[] => {
    if (role !== 'decoder') return []
    const after = (tokens: number): Sums => {
      const sums = noRankSums()
      const step = entering(decodePass({ ...plain, context: tokens }, positions), capacity)
      rankFormulas(block).addCache(block.settings, step, shares, 1, sums)
      return sums
    }
    const partsIn = (sums: Sums, grows: Grows): Parts => {
      const parts = noParts()
      for (const [held, slot] of slots.get(grows)!) parts[held] = sums[slot]! * bytesOf[held]
      return parts
    }
    const bytes = (tokens: number, grows: Grows): Parts => partsIn(after(tokens), grows)
    const now = after(workload.context)
    const grows = new Set(classes.grows.filter((each) => sumOf(partsIn(now, each)) > 0))
    if (grows.size === 0) return []
    const isWindow = grows.has('bounded') && !grows.has('growing')
    const reach = windowOf(block.settings)
    const pools = pooledOver(block.settings)
    const window = isWindow ? reach : Infinity
    return [{ layers, window, reach, pools, columns: columnsOf(block.settings), bytes, grows }]
  })
}

const columnsOf = ({ d_conv }: Readonly<Record<string, unknown>>): number =>
  typeof d_conv === 'number' ? Math.max(0, d_conv - 1) : 0

function pooledOver(settings: Readonly<Record<string, unknown>>): CacheLayers['pools'] {
  const { compress_rate: rate = 0, overlapping = 0 } = settings as Record<string, number>
  return rate > 0 ? { rate, span: rate * (1 + overlapping) } : null
}

/** What a model keeps of a sequence. */
export function heldBy(model: Model, workload: Workload): ReadonlySet<Held> {
  // After one token nothing is pooled yet, and something waits.
  const [first, last] = [elementsHeld(model, { ...workload, context: 1 }), elementsHeld(model, workload)]
  return new Set(classes.holds.filter((held) => first[held] + last[held] > 0))
} // prettier-ignore

/** Elements that an uncut model keeps of a sequence after the context, by what is held. */
export function elementsHeld(model: Model, workload: Workload): Parts {
  const step = decodePass({ ...workload, ...inBytes }, encodedPositions(model, workload))
  const sums = noRankSums()
  for (const { blocks, layers, routed } of model.decoder?.groups ?? [])
    for (const block of blocks)
      rankFormulas(block).addCache(block.settings, entering(step, routed?.capacity), uncut, layers.length, sums) // prettier-ignore
  const parts = noParts()
  for (const grows of classes.grows)
    for (const [held, slot] of slots.get(grows)!) parts[held] += sums[slot]!
  return parts
}

/** A window with the first tokens that stay visible, or a chunk. */
function windowOf(settings: Readonly<Record<string, unknown>>): number {
  const { window = Infinity, n_sink = 0, chunk = Infinity } = settings as Record<string, number>
  return Math.min(window + n_sink, chunk)
}

/** How much of a sequence layers keep. */
export interface Kept {
  /** Tokens, of layers without a window. */
  full_tokens: number
  /** Tokens, of layers with a window; those that the architecture needs where nothing else is said. */
  window_tokens?: ((window: number) => number) | undefined
  state_copies: number
}

/**
 * Bytes of one sequence: growing parts are cut over the ranks of context parallelism, the others stand on each.
 * @param kept what a runtime keeps; each layer what it needs where nothing is said
 */
export function partsOf(
  layers: readonly CacheLayers[],
  context: number,
  cp: number,
  { full_tokens, window_tokens, state_copies }: Kept = { full_tokens: context, state_copies: 1 },
): Parts {
  const parts = noParts()
  for (const { layers: count, window, bytes, grows } of layers) {
    if (grows.has('growing'))
      addTo(parts, bytes(Math.max(1, Math.ceil(full_tokens / cp)), 'growing'), count)
    if (grows.has('bounded')) {
      if (window_tokens && window < Infinity)
        addTo(parts, bytes(1, 'bounded'), count * window_tokens(window))
      else addTo(parts, bytes(context, 'bounded'), count)
    }
    if (grows.has('fixed')) addTo(parts, bytes(context, 'fixed'), count * state_copies)
  }
  return parts
}
