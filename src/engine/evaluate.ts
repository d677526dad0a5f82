/** What a model costs: one number for every question of the contract. */
import type { Model } from '../architecture/model.ts'
import {
  non_embedding,
  passOf,
  read_bytes,
  readCacheBytes,
  readFlops,
  readParams,
  slot,
  totalCacheBytes,
  totalFlops,
  totalParams,
  type Sums,
  without_embedding,
} from '../formulas/index.ts'
import {
  addModel,
  addPass,
  addStep,
  beginsSequence,
  decodePass,
  encodedPositions,
  leaveOutSetup,
  multiplyByBatch,
  noSums,
  prefillPass,
  weigh,
} from './sums.ts'
import type { Cost, Workload } from './types.ts'
import { completeWorkload } from './workload.ts'

/**
 * Evaluates a model under a workload. FLOPs and bytes are for the whole batch; equations stand in formulas/.
 * @param model from `prepare`
 * @param given what differs from the default workload
 * @throws ArchcostError `invalid_workload`
 */
export function evaluate(model: Model, given?: Partial<Workload>): Cost {
  const workload = completeWorkload(model, given)
  const positions = encodedPositions(model, workload)
  const prefill = sumPrefill(model, workload, positions)
  const decode = model.decoder ? sumDecode(model, workload, positions) : undefined
  const { weights } = workload
  const read = decode ? weigh(decode, 'read', weights) : null
  const { params, stored } = countParams(model)
  return {
    params,
    flops: {
      prefill: totalFlops(prefill),
      prefill_by_kind: readFlops(prefill),
      decode: decode ? totalFlops(decode) : null,
      decode_by_kind: decode ? readFlops(decode) : null,
      elementwise_prefill: prefill[slot.elementwise_flops]!,
      elementwise_decode: decode ? decode[slot.elementwise_flops]! : null,
    },
    weights: weigh(stored, 'stored', weights),
    bytes_read: {
      decode_weights: read ? read.bytes : null,
      decode_weights_by_role: read ? read.by_role : null,
      decode_cache: decode ? decode[slot.cache_read_bytes]! : null,
      decode: decode ? read_bytes(read!.bytes, decode[slot.cache_read_bytes]!) : null,
    },
    bytes_written: { decode_states: decode ? decode[slot.state_write_bytes]! : null },
    cache: decode ? cacheOf(decode) : null,
    activation_bytes: prefill[slot.activation_bytes]!,
  }
}

const kinds = Object.keys(readFlops(noSums())) as (keyof ReturnType<typeof readFlops>)[]
const setupSlots = kinds.map((kind): [number, number] => [
  slot[`flops.${kind}`],
  slot[`setup_flops.${kind}`],
])

/** The encoder's pass and the decoder's, with what is done once per sequence. */
function sumPrefill({ encoder, decoder }: Model, workload: Workload, positions: number): Sums {
  const sums = noSums()
  const { context, source, batch } = workload
  const begins = beginsSequence(workload)
  if (encoder && begins) addPass(encoder, passOf(workload, positions, 0, source ?? context), sums)
  if (decoder) addPass(decoder, prefillPass(workload, positions), sums)
  if (!begins) leaveOutSetup(sums)
  for (const [run, setup] of setupSlots) sums[run]! += sums[setup]!
  multiplyByBatch(sums, batch)
  return sums
}

/** The step that sees `context` tokens, and what is held after it. */
function sumDecode({ decoder }: Model, workload: Workload, positions: number): Sums {
  const sums = noSums()
  const step = decodePass(workload, positions)
  addPass(decoder!, step, sums)
  addStep(decoder!, step, sums)
  multiplyByBatch(sums, workload.batch)
  return sums
}

/** Parameters, by role and by layer, and the sums they come from. */
function countParams(model: Model): { params: Cost['params']; stored: Sums } {
  const sums = noSums()
  const by_layer: number[] = []
  for (const { input, groups, output, n_layers } of model.stacks) {
    addModel(input, 1, sums)
    const start = by_layer.length
    for (let layer = 0; layer < n_layers; layer++) by_layer.push(0)
    for (const { blocks, layers, routed } of groups) {
      const before = totalParams(sums)
      addModel(blocks, layers.length, sums)
      if (routed) addModel([routed.router], layers.length, sums)
      const one = (totalParams(sums) - before) / layers.length
      for (const layer of layers) by_layer[start + layer] = one
    }
    addModel(output, 1, sums)
  }
  const by_role = readParams(sums)
  const [total, active] = [totalParams(sums), sums[slot.active_params]!]
  const { embedding, head } = by_role
  const params = {
    total,
    active,
    active_without_embedding: without_embedding(active, embedding, sums[slot.reused_embedding]!),
    non_embedding: non_embedding(total, embedding, head),
    active_non_embedding: non_embedding(active, embedding, head),
    embedding,
    head,
    by_role,
    by_layer,
  }
  return { params, stored: sums }
}

function cacheOf(held: Sums): NonNullable<Cost['cache']> {
  return {
    bytes: totalCacheBytes(held),
    ...readCacheBytes(held),
    by_runtime: {
      transformers: held[slot.cache_bytes_transformers]!,
      unified_pages: held[slot.cache_bytes_unified_pages]!,
      expanded_latent: held[slot.cache_bytes_expanded_latent]!,
    },
  }
}
