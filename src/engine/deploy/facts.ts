/** What runtimes ask of a rank, by the names that their files have for it. */
import { formatRoles } from '../../architecture/formats.ts'
import type { Model } from '../../architecture/model.ts'
import { usualBytes } from '../../architecture/weight-bytes.ts'
import type { Trait, Value } from '../../formulas/index.ts'
import { rotaryTableValues } from '../rotary.ts'
import type { Device } from '../hardware.ts'
import type { Workload } from '../types.ts'
import { sumOf, type CacheLayers } from './cache-layers.ts'
import type { Parallel } from './parallel.ts'
import { firstWeight, weightBytes, type Stage } from './rank.ts'
import type { StagedBlock } from './stages.ts'
import { restsOf } from './tensors.ts'

export type Facts = Readonly<Record<string, number>>

/**
 * A value for every name that a runtime's settings may be taken `from`, but those of `layer`, which are a layer's.
 * @param bytes of a weight of each role
 */
export function factsOf(
  model: Model,
  stage: Stage,
  device: Device,
  parallel: Parallel,
  workload: Workload,
  bytes: readonly number[],
): Facts {
  const { blocks } = stage
  const rests = restsOf(stage, usualBytes(model.stacks, workload.weights))
  const { tp, etp } = parallel
  const [table, experts] = ['embedding', 'experts'].map((role) => formatRoles.indexOf(role))
  const roleBytes = (role: number): number => stage.weights[firstWeight + role]! * bytes[role]!
  const head = blocks.find(({ block }) => block.formulas.is === 'output_head')?.block
  const ofTrait = (trait: Trait): StagedBlock[] =>
    blocks.filter(({ block }) => block.formulas.is === trait)
  const [expertBlocks, latents] = [ofTrait('experts'), ofTrait('latent_attention')]
  return {
    'device.visible': device.visible,
    'device.has_fp8': device.peak.fp8 === undefined ? 0 : 1,
    'parallel.devices': parallel.devices,
    'parallel.tp': tp,
    'rank.weights': weightBytes(stage, bytes),
    'rank.tensor_rests': rests.all,
    'rank.unsplit_rests': rests.unsplit,
    'rank.own_table': head && head.settings['tied'] === 0 ? roleBytes(table!) : 0,
    'rank.mxfp4_experts': workload.weights['experts'] === 'mxfp4' ? roleBytes(experts!) : 0,
    'rank.expert_width': widest(expertBlocks, ['d_ff_expert']) / etp,
    'rank.d_ff': widest(blocks, ['d_ff', 'd_ff_shared']) / tp,
    'rank.gated_width': widest(ofTrait('gated_ffn'), ['d_ff']) / tp,
    'rank.plain_width': widest(ofTrait('ffn'), ['d_ff']) / tp,
    'rank.heads': widest(blocks, ['n_heads']) / tp,
    'rank.latent_expansion':
      latents.reduce((sum, { block: { settings: s }, layers }) => {
        const [heads, rank, d_nope, d_v] = ['n_heads', 'kv_lora_rank', 'd_nope', 'd_v'].map((name) => Number(s[name])) as [number, number, number, number] // prettier-ignore
        return sum + layers * heads * rank * (d_nope + d_v)
      }, 0) / tp,
    'model.rotary_values': rotaryTableValues(model, workload),
    'model.top_k': widest(expertBlocks, ['top_k']),
    'model.vocab_size': widest(blocks, ['vocab_size']) || widestOf(model, 'vocab_size'),
    'workload.context': workload.context,
    'workload.cached': workload.cached,
    'workload.bytes_per_activation': workload.bytes_per_activation,
    'workload.sequences': Math.ceil(workload.batch / parallel.dp),
  }
}

/** What runtimes ask of the cache of a rank at a context. */
export const factsOfCache = (layers: readonly CacheLayers[], context: number): Facts => ({
  'rank.state_bytes': layers.reduce(
    (sum, { layers: count, bytes, grows }) =>
      grows.has('fixed') ? sum + count * sumOf(bytes(context, 'fixed')) : sum,
    0,
  ),
  'rank.past_windows': layers.reduce(
    (sum, { layers: count, window, bytes }) =>
      window < context ? sum + count * sumOf(bytes(1, 'bounded')) * (context - window) : sum,
    0,
  ),
})

const widest = (blocks: readonly StagedBlock[], names: readonly string[]): number =>
  Math.max(0, ...blocks.flatMap(({ block }) => names.map((name) => numberAt(block, name))))

const numberAt = ({ settings }: { settings: Record<string, Value> }, name: string): number => {
  const value = settings[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

const widestOf = ({ stacks }: Model, name: string): number =>
  Math.max(0, ...stacks.flatMap(({ input, output }) => [...input, ...output].map((block) => numberAt(block, name)))) // prettier-ignore
