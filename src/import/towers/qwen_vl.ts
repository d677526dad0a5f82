/** Qwen-VL's towers: images of their own shape, patches that reach over two frames, merged four to one. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import type { Layered } from '../layers.ts'
import { byKind } from '../layers.ts'
import { block, gatedFfn, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { plainAttention, steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'
import { entrance } from './vit.ts'

const shared = {
  depth: 32,
  num_attention_heads: 16,
  num_channels: 3,
  patch_size: 14,
  spatial_merge_size: 2,
  temporal_patch_size: 2,
}

interface Parts {
  d_model: number
  d_out: number
  layer: Sublayer[]
  norm: BlockUse
  /** What patches are given before the layers. */
  entrance?: { bias: boolean; rows: number }
  /** Before the merger. */
  mergers?: BlockUse[]
  bounds?: Record<string, number>
}

function tower(v: Reader, { d_model, d_out, layer, norm, mergers = [], ...parts }: Parts): Tower {
  v.ignore('rope_parameters', 'rope_theta', 'spatial_patch_size', 'tokens_per_second')
  v.ignore('embed_dim', 'tie_word_embeddings')
  const [patch, merge] = [v.count('patch_size'), v.count('spatial_merge_size')]
  const merged = d_model * merge ** 2
  return {
    role: 'vision',
    feeds: 'decoder',
    n_layers: v.count('depth'),
    d_model,
    input: [
      block('bounded-image', { patch, merge, ...parts.bounds }),
      ...entrance({
        patch,
        channels: v.count('num_channels'),
        frames: v.count('temporal_patch_size'),
        ...parts.entrance,
      }),
    ],
    layer,
    output: [
      ...mergers,
      norm,
      block('merge-patches', { side: merge }),
      block('mlp-projector', { d_in: merged, d_hidden: merged, d_out }),
    ],
  }
}

/** Its `hidden_size` is that of the language model. */
export const qwen2_vl: TowerFamily = {
  defaults: {},
  ties: 'either',
  build: (c) => {
    const v = c.part('vision_config', {
      ...shared,
      embed_dim: 1280,
      hidden_size: 3584,
      mlp_ratio: 4,
      hidden_act: 'quick_gelu',
    })
    const d_model = v.count('embed_dim')
    const width = Math.floor(d_model * v.number('mlp_ratio'))
    const layer = steps(norms.layer, 'before', {
      mixer: plainAttention(v.count('num_attention_heads')),
      ffn: plainFfn(v, { bias: true, width }),
    })
    return [
      tower(v, { d_model, d_out: v.count('hidden_size'), layer, norm: { block: 'layernorm' } }),
    ]
  },
}

/** In most layers patches see those in their window. */
function windowed(v: Reader): Layered {
  const n_layers = v.count('depth')
  const [patch, merge] = [v.count('patch_size'), v.count('spatial_merge_size')]
  const all = new Set(v.wholeNumbers('fullatt_block_indexes', -1))
  const window_side = Math.floor(v.count('window_size') / merge / patch) * merge
  const n_heads = v.count('num_attention_heads')
  const n_kv_heads = v.count('num_key_value_heads', n_heads)
  const attention = plainAttention(n_heads, { ...(n_kv_heads !== n_heads && { n_kv_heads }) })
  const kinds = Array.from({ length: n_layers }, (_, layer) => (all.has(layer) ? 'all' : 'window'))
  return byKind(kinds, (kind) => (kind === 'all' ? attention : { ...attention, window_side }))
}

const windowedDefaults = {
  ...shared,
  hidden_size: 3584,
  intermediate_size: 3420,
  window_size: 112,
  out_hidden_size: 3584,
  fullatt_block_indexes: [7, 15, 23, 31],
  hidden_act: 'silu',
}

export function windowedTower(c: Reader, defaults: Record<string, unknown> = {}): Tower {
  const v = c.part('vision_config', { ...windowedDefaults, ...defaults })
  return tower(v, {
    d_model: v.count('hidden_size'),
    d_out: v.count('out_hidden_size'),
    layer: steps(norms.rms, 'before', { mixer: windowed(v), ffn: gatedFfn(v, { bias: true }) }),
    norm: { block: 'rmsnorm' },
  })
}

export const qwen2_5_vl: TowerFamily = {
  defaults: {},
  ties: 'either',
  build: (c) => [windowedTower(c)],
}

export const exaone4_5: TowerFamily = {
  defaults: {},
  ties: 'outer, or untied',
  build: (c) => [windowedTower(c, { num_key_value_heads: 8 })],
}

/** What several layers put out is merged as well. */
export function deepstackTower(c: Reader, usual: number[]): Tower {
  const v = c.part('vision_config', {
    ...shared,
    depth: 27,
    hidden_size: 1152,
    intermediate_size: 4304,
    patch_size: 16,
    out_hidden_size: 3584,
    num_position_embeddings: 2304,
    hidden_act: 'gelu_pytorch_tanh',
  })
  const d_out = v.count('out_hidden_size')
  const side = v.count('spatial_merge_size')
  const n_mergers = v.numbers('deepstack_visual_indexes', usual).length
  return tower(v, {
    d_model: v.count('hidden_size'),
    d_out,
    layer: steps(norms.layer, 'before', {
      mixer: plainAttention(v.count('num_attention_heads')),
      ffn: plainFfn(v, { bias: true }),
    }),
    norm: { block: 'layernorm' },
    entrance: { bias: true, rows: v.count('num_position_embeddings') },
    mergers: n_mergers === 0 ? [] : [block('deepstack-mergers', { n_mergers, side, d_out })],
    bounds: { min_pixels: 65_536, max_pixels: 16_777_216 },
  })
}

export const qwen3_vl: TowerFamily = {
  defaults: {},
  ties: 'outer, or untied',
  build: (c) => [deepstackTower(c, [8, 16, 24])],
}

export const qwen3_5: TowerFamily = {
  defaults: {},
  ties: 'outer, or untied',
  build: (c) => [deepstackTower(c, [])],
}
