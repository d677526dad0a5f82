/** What a model costs: one number for every question of the contract. */
import type { Model } from '../architecture/model.ts'
import { classes, slot } from '../formulas/index.ts'
import { blocksOf, encodedPositions, passOf, slots, sumModel, sumPass, sumStep } from './sums.ts'
import type { Cost, Kind, Role, Workload } from './types.ts'
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
  const { context } = workload
  const runs: Float64Array[] = []
  if (model.encoder) runs.push(sumPass(model.encoder, passOf(workload, positions, 0, workload.source ?? context)))
  const { decoder } = model
  if (decoder) runs.push(sumPass(decoder, passOf(workload, context, 0, positions)))
  const prefill = runs.reduce((total, run) => total.map((value, place) => value + run[place]!), new Float64Array(slots))

  const step = passOf(workload, 1, context - 1, positions)
  const decode = decoder && sumPass(decoder, step)
  const held = decoder && sumStep(decoder, step)
  return {
    params: countParams(model),
    flops: {
      prefill: total(byKind(prefill, true)),
      prefill_by_kind: byKind(prefill, true),
      decode: decode ? total(byKind(decode, false)) : null,
      decode_by_kind: decode ? byKind(decode, false) : null,
      elementwise_prefill: prefill[slot.elementwise_flops]!,
      elementwise_decode: decode ? decode[slot.elementwise_flops]! : null,
    },
    bytes_read: {
      decode_weights: held ? held[slot.weight_read_bytes]! : null,
      decode_cache: held ? held[slot.cache_read_bytes]! : null,
    },
    cache: held ? cacheOf(held) : null,
    activation_bytes: prefill[slot.activation_bytes]!,
  }
}

/** Parameters, by role and by layer. */
export function countParams(model: Model): Cost['params'] {
  const sums = new Float64Array(slots)
  const by_layer: number[] = []
  for (const stack of model.stacks) {
    sumModel(stack.input, 1, sums)
    const layers = Array<number>(stack.n_layers).fill(0)
    for (const group of stack.groups) {
      const one = sumModel(blocksOf(group), 1, new Float64Array(slots))
      const stored = total(byRole(one))
      for (const layer of group.layers) layers[layer] = stored
      for (let place = 0; place < slots; place++) sums[place]! += one[place]! * group.layers.length
    }
    by_layer.push(...layers)
    sumModel(stack.output, 1, sums)
  }
  const roles = byRole(sums)
  const [all, active, embedding, head] = [total(roles), sums[slot.active_params]!, roles.embedding, roles.head]
  return {
    total: all,
    active,
    active_without_embedding: active - Math.max(0, embedding - sums[slot.reused_embedding]!),
    non_embedding: all - embedding - head,
    active_non_embedding: active - embedding - head,
    embedding,
    head,
    by_role: roles,
    by_layer,
  }
}

const total = (parts: Readonly<Record<string, number>>): number => {
  let sum = 0
  for (const name in parts) sum += parts[name]!
  return sum
}

const byRole = (sums: Float64Array): Record<Role, number> => Object.fromEntries(classes.role.map((role) => [role, sums[slot[`params.${role}`]]!])) as Record<Role, number>

/** FLOPs by kind; what is done once per sequence belongs to the prefill. */
const byKind = (sums: Float64Array, withSetup: boolean): Record<Kind, number> =>
  Object.fromEntries(classes.kind.map((kind) => [kind, sums[slot[`flops.${kind}`]]! + (withSetup ? sums[slot[`setup_flops.${kind}`]]! : 0)])) as Record<Kind, number>

function cacheOf(held: Float64Array): NonNullable<Cost['cache']> {
  const growing = held[slot['cache_bytes.growing']]!
  const bounded = held[slot['cache_bytes.bounded']]!
  const fixed = held[slot['cache_bytes.fixed']]!
  return {
    bytes: growing + bounded + fixed,
    growing,
    bounded,
    fixed,
    by_runtime: {
      transformers: held[slot.cache_bytes_transformers]!,
      unified_pages: held[slot.cache_bytes_unified_pages]!,
      expanded_latent: held[slot.cache_bytes_expanded_latent]!,
    },
  }
}
