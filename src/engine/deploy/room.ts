/** What the ranks of a deployment hold for so many sequences of a length, and whether there is room. */
import type { Model } from '../../architecture/model.ts'
import { blockCache, type BlockCache } from './blocks.ts'
import {
  addTo,
  cacheLayers,
  noParts,
  partsOf,
  sumOf,
  type CacheLayers,
  type Parts,
} from './cache-layers.ts'
import { slot } from '../../formulas/index.ts'
import { encodedPositions } from '../encoded.ts'
import { addStep, decodePass, noSums } from '../sums.ts'
import type { Workload } from '../types.ts'
import { bytesOfWeights } from '../weight-bytes.ts'
import type { CompleteDeployment } from './complete.ts'
import { factsOf, factsOfCache, type Facts } from './facts.ts'
import { cutModel, weightBytes, type Stage } from './rank.ts'
import { packedBlocks } from './packed-blocks.ts'
import { askRuntime, type Answers, type PagedAnswers } from './runtime.ts'

/** A rank of a stage before anything runs. */
export interface RankState {
  stage: Stage
  model: Model
  weights: number
  facts: Facts
  layers: readonly CacheLayers[]
}

/** @throws ArchcostError `invalid_deployment` where the model cannot be cut so */
export function rankStates(model: Model, deployed: CompleteDeployment): RankState[] {
  const { parallel, workload, device, cache_formats } = deployed
  const bytes = bytesOfWeights(model, workload.weights)
  return cutModel(model, parallel).map((stage) => ({
    stage,
    model,
    weights: weightBytes(stage, bytes),
    facts: factsOf(model, stage, device, parallel, workload, bytes),
    layers: model.decoder ? cacheLayers(stage, model, workload, cache_formats) : [],
  }))
}

export interface Room {
  /** The rank that it is of. */
  state: RankState
  /** Tokens of a sequence. */
  context: number
  weights: number
  /** Without what the runtime adds. */
  weights_stored: number
  working: number
  reserve: number
  available: number
  /** What is there for caches. */
  free: number
  /** Bytes that a sequence keeps by its formats, without states, and its states. */
  cache: number
  states: number
  /** Bytes that a sequence takes as the runtime allocates it. */
  per_sequence: number
  /** The same for all sequences of the rank. */
  held: number
  parts: Parts
  fits: boolean
  /** How the runtime keeps a sequence in blocks, where it does. */
  blocks: BlockCache | null
  /** The runtime has pages, and how they hold such a cache is not known. */
  unpaged: boolean
  /** Room and need of a sequence at another batch. */
  free_at: (batch: number) => { free: number; per_sequence: number }
}

/** Of the stage with the least room. */
export function roomOf(
  states: readonly RankState[],
  deployed: CompleteDeployment,
  context: number,
  batch: number,
): Room {
  const rooms = states.map((state) => roomOnRank(state, deployed, context, batch))
  const least = rooms.reduce((a, b) => (b.free - b.held < a.free - a.held ? b : a))
  return {
    ...least,
    fits: rooms.every(({ fits }) => fits),
    free_at: (other) => {
      const all = states.map((state) => roomOnRank(state, deployed, context, other))
      return all.reduce((a, b) => (b.free / b.per_sequence < a.free / a.per_sequence ? b : a))
    },
  }
}

/** Facts of a layer that sees everything and pools nothing. */
const anyLayer: Facts = { 'layer.window': Infinity, 'layer.rate': 0 }

function roomOnRank(
  state: RankState,
  { parallel, runtime, chosen, device, workload }: CompleteDeployment,
  context: number,
  batch: number,
): Omit<Room, 'free_at'> {
  const { weights, facts, layers, model } = state
  const sequences = Math.ceil(batch / parallel.dp)
  const now: Facts = {
    ...facts,
    ...factsOfCache(layers, context),
    'workload.context': context,
    'workload.sequences': sequences,
  }
  const ask = (layer: Facts): Answers | null =>
    runtime && askRuntime(runtime, chosen, { ...now, ...anyLayer, ...layer }, model)
  const window_tokens = (window: number): number => ask({ 'layer.window': window })!.window_tokens
  const answers = ask({})
  const { weights_added = 0, working = 0, reserve = 0, available = device.visible } = answers ?? {}
  const exact = partsOf(layers, context, parallel.cp)
  const paged = runtime?.pages === 'shared'
  const packed = paged && layers.some(({ pools }) => pools !== null)
  const unpaged =
    paged && !packed && layers.some(({ grows }) => grows.has('growing') && grows.size > 1)
  const free = available - weights - weights_added - working - reserve
  const sizes = {
    state,
    context,
    weights: weights + weights_added,
    weights_stored: weights,
    working,
    reserve,
    available,
    free,
    cache: sumOf(exact) - exact.state - exact.convolution,
    states: exact.state + exact.convolution,
    blocks: null,
    unpaged,
  }
  if (paged && !unpaged && layers.length > 0) {
    const said = answers as PagedAnswers
    const kept = { ...said, full_tokens: Math.ceil(said.full_tokens / parallel.cp), window_tokens }
    const blocks = packed
      ? packedBlocks(layers, {
          ...kept,
          dense: said.dense === 1,
          pooling_block: (rate) => (ask({ 'layer.rate': rate }) as PagedAnswers).pooling_block,
        })
      : blockCache(layers, kept)
    const room = Math.floor(Math.max(0, free) / blocks.block_bytes) * blocks.block_bytes
    const all = noParts()
    addTo(all, blocks.parts, sequences)
    const per_sequence = blocks.blocks * blocks.block_bytes
    const held = sequences * per_sequence
    return { ...sizes, blocks, free: free < 0 ? free : room, per_sequence, held, parts: all, fits: held <= free } // prettier-ignore
  }
  const kept = answers
    ? partsOf(layers, context, parallel.cp, {
        ...answers,
        window_tokens,
      })
    : exact
  const question = runtime?.answers['cache']
  const all = noParts()
  addTo(
    all,
    question === undefined || !model.decoder
      ? kept
      : answered(question, kept, model, { ...workload, context }),
    sequences,
  )
  const held = sumOf(all)
  return { ...sizes, per_sequence: held / sequences, held, parts: all, fits: held <= free }
}

/** What a question of the contract says that a runtime keeps of a sequence, parted as what is needed is. */
function answered(question: string, needed: Parts, model: Model, workload: Workload): Parts {
  const sums = noSums()
  addStep(model.decoder!, decodePass(workload, encodedPositions(model, workload)), sums)
  const parts = noParts()
  const [all, needs] = [sums[slot[question as keyof typeof slot]]!, sumOf(needed)]
  if (needs > 0) addTo(parts, needed, all / needs)
  return parts
}
