/** What sequences take of a rank's free memory as a runtime allocates their caches, and what is left. */
import { noSums } from '../../architecture/stored.ts'
import type { Model } from '../../architecture/model.ts'
import { slot } from '../../formulas/index.ts'
import { encodedPositions } from '../encoded.ts'
import { addStep, decodePass } from '../sums.ts'
import type { Workload } from '../types.ts'
import { blockCache, type BlockCache } from './blocks.ts'
import { noParts, partsOf, sumOf, scaled, type CacheLayers, type Parts } from './cache-layers.ts'
import { packedBlocks } from './packed-blocks.ts'
import type { Answers, PagedAnswers, PooledAnswers, RuntimeFormulas } from './runtime.ts'

export interface Allocation {
  /** Bytes of all sequences, by what they hold. */
  parts: Parts
  /** Bytes that are left; negative where they do not fit. */
  headroom: number
  /** Sequences that fit, the last in part; infinity where nothing is kept of one. */
  most: number
  fits: boolean
  /** How a sequence is kept in blocks, where it is. */
  blocks: BlockCache | null
  /** The runtime has pages, and how they hold such a cache is not known. */
  unpaged: boolean
}

/** A rank, and who is served on it. */
export interface Served {
  layers: readonly CacheLayers[]
  model: Model
  /** With the context that is asked about. */
  workload: Workload
  cp: number
  sequences: number
  /** Bytes that caches may take. */
  free: number
}

/** @param ask what the runtime says of layers of a kind, by the names of their facts */
export function allocate(
  served: Served,
  runtime: RuntimeFormulas | null,
  ask: (layer: Readonly<Record<string, number>>) => Answers,
): Allocation {
  const { layers, model, workload, cp } = served
  const exact = partsOf(layers, workload.context, cp)
  if (!runtime) return inBytes(served, exact)
  const window_tokens = (window: number): number => ask({ 'layer.window': window }).window_tokens
  const answers = ask({})
  const packed = layers.some(({ pools }) => pools !== null)
  const mixed = layers.some(({ grows }) => grows.has('growing') && grows.size > 1)
  const paged = runtime.pages === 'shared' && layers.length > 0
  if (paged && (packed || !mixed)) {
    const said = answers as PagedAnswers
    const kept = { ...said, full_tokens: Math.ceil(said.full_tokens / cp), window_tokens }
    const pooling_block = (rate: number): number =>
      (ask({ 'layer.rate': rate }) as PagedAnswers).pooling_block
    return inBlocks(
      served,
      packed
        ? packedBlocks(layers, { ...kept, dense: said.dense === 1, pooling_block })
        : blockCache(layers, kept),
    )
  }
  const kept = partsOf(layers, workload.context, cp, { ...answers, window_tokens })
  if (runtime.pools === 'states' && statesOf(exact) > 0)
    return besidePool(served, kept, exact, answers as PooledAnswers)
  const question = runtime.answers['cache']
  const all =
    question === undefined || !model.decoder ? kept : answered(question, kept, model, workload)
  return { ...inBytes(served, all), unpaged: paged }
}

const statesOf = (parts: Parts): number => parts.state + parts.convolution

const inBytes = ({ sequences, free }: Served, kept: Parts): Allocation => {
  const parts = scaled(kept, sequences)
  const [one, all] = [sumOf(kept), sumOf(parts)]
  return { parts, headroom: free - all, most: one > 0 ? free / one : Infinity, fits: all <= free, blocks: null, unpaged: false } // prettier-ignore
}

function inBlocks({ sequences, free }: Served, cache: BlockCache): Allocation {
  const { block_bytes, blocks, parts } = cache
  const count = Math.floor(Math.max(0, free) / block_bytes)
  return {
    parts: scaled(parts, sequences),
    headroom: (free < 0 ? free : count * block_bytes) - sequences * blocks * block_bytes,
    most: free < 0 ? free / (blocks * block_bytes) : count / blocks,
    fits: sequences * blocks * block_bytes <= free,
    blocks: cache,
    unpaged: false,
  }
}

/** States have a pool of their own, made whole, of which a sequence takes some; what it leaves holds the rest. */
function besidePool(
  served: Served,
  kept: Parts,
  exact: Parts,
  { state_slots, state_pool, state_copies }: PooledAnswers,
): Allocation {
  const { sequences } = served
  const beside = inBytes(
    { ...served, free: served.free - state_pool },
    { ...kept, state: 0, convolution: 0 },
  )
  const spare = state_slots - sequences * state_copies
  const one = statesOf(exact)
  return {
    ...beside,
    parts: {
      ...beside.parts,
      state: (state_pool * exact.state) / one,
      convolution: (state_pool * exact.convolution) / one,
    },
    headroom: spare < 0 ? Math.min(beside.headroom, spare * one) : beside.headroom,
    most: Math.min(beside.most, state_slots / state_copies),
    fits: beside.fits && spare >= 0,
  }
}

/** What a question of the contract says that a runtime keeps of a sequence, parted as what is needed is. */
function answered(question: string, needed: Parts, model: Model, workload: Workload): Parts {
  const sums = noSums()
  addStep(model.decoder!, decodePass(workload, encodedPositions(model, workload)), sums)
  const [all, needs] = [sums[slot[question as keyof typeof slot]]!, sumOf(needed)]
  return needs > 0 ? scaled(needed, all / needs) : noParts()
}
