/** What the ranks of a deployment hold for so many sequences of a length, and whether there is room. */
import type { Model } from '../../architecture/model.ts'
import { bytesOfWeights } from '../../architecture/weight-bytes.ts'
import type { Workload } from '../types.ts'
import { allocate, type Allocation } from './allocation.ts'
import { cacheLayers, partsOf, sumOf, type CacheLayers } from './cache-layers.ts'
import type { CompleteDeployment } from './complete.ts'
import { factsOf, factsOfCache, type Facts } from './facts.ts'
import { cutModel, weightBytes, type Stage } from './rank.ts'
import { askRuntime, type Answers } from './runtime.ts'

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
  const { parallel, workload, device, cache, runtime } = deployed
  const { formats } = cache
  const bytes = bytesOfWeights(model, workload.weights)
  return cutModel(model, parallel, runtime?.towers === 'cut').map((stage) => ({
    stage,
    model,
    weights: weightBytes(stage, bytes),
    facts: factsOf(model, stage, device, parallel, workload, bytes),
    layers: model.decoder ? cacheLayers(stage, model, workload, formats) : [],
  }))
}

export interface Room extends Allocation {
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
  /** Bytes that a sequence keeps by its formats, without states, and its states. */
  cache: number
  states: number
  /** Bytes that all sequences of the rank take as the runtime allocates them. */
  held: number
  /** Sequences of the rank that fit with what is taken at another batch, the last in part. */
  most_at: (batch: number) => number
}

/** Of the stage with the least room. */
export function roomOf(
  states: readonly RankState[],
  deployed: CompleteDeployment,
  context: number,
  batch: number,
): Room {
  const rooms = states.map((state) => roomOnRank(state, deployed, context, batch))
  const least = rooms.reduce((a, b) => (b.headroom < a.headroom ? b : a))
  return {
    ...least,
    fits: rooms.every(({ fits }) => fits),
    most_at: (other) =>
      Math.min(...states.map((state) => roomOnRank(state, deployed, context, other).most)),
  }
}

/** Facts of a layer that sees everything and pools nothing. */
const anyLayer: Facts = { 'layer.window': Infinity, 'layer.rate': 0 }

function roomOnRank(
  state: RankState,
  { parallel, runtime, chosen, device, workload }: CompleteDeployment,
  context: number,
  batch: number,
): Omit<Room, 'most_at'> {
  const { weights, facts, layers, model } = state
  const sequences = Math.ceil(batch / parallel.dp)
  const now: Facts = {
    ...facts,
    ...anyLayer,
    ...factsOfCache(layers, context),
    'workload.context': context,
    'workload.sequences': sequences,
  }
  const ask = (layer: Facts): Answers => askRuntime(runtime!, chosen, { ...now, ...layer }, model)
  const answers: Partial<Answers> = runtime ? ask({}) : {}
  const { weights_added = 0, working = 0, reserve = 0, available = device.visible } = answers
  const free = available - weights - weights_added - working - reserve
  const served: Workload = { ...workload, context }
  const allocation = allocate({ layers, model, workload: served, cp: parallel.cp, sequences, free }, runtime, ask) // prettier-ignore
  const exact = partsOf(layers, context, parallel.cp)
  const states = exact.state + exact.convolution
  return {
    ...allocation,
    state,
    context,
    weights: weights + weights_added,
    weights_stored: weights,
    working,
    reserve,
    available,
    cache: sumOf(exact) - states,
    states,
    held: sumOf(allocation.parts),
  }
}
