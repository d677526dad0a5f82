/** SAM's vision transformer: most layers see windows, some all; tables of relative positions; convolutions behind. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import { byKind } from '../layers.ts'
import { block, norms, plainFfn } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { steps } from '../stacks.ts'
import { entrance } from './vit.ts'

export const samDefaults = {
  hidden_size: 768,
  output_channels: 256,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  num_channels: 3,
  image_size: 1024,
  patch_size: 16,
  hidden_act: 'gelu',
  qkv_bias: true,
  use_abs_pos: true,
  use_rel_pos: true,
  window_size: 14,
  global_attn_indexes: [2, 5, 8, 11],
  mlp_dim: 3072,
}

/** From the width of the tower to that of what it puts out, over squares of three by three. */
export const neck = (d_in: number, d_out: number, name: string): BlockUse[] => [
  block('convolution-2d', { name: `${name}-first`, d_in, d_out }),
  block('layernorm', { name: `${name}-first-norm`, width: d_out }),
  block('convolution-2d', { name: `${name}-second`, d_in: d_out, d_out, kernel: 3 }),
  block('layernorm', { name: `${name}-second-norm`, width: d_out }),
]

/** Two convolutions, each of which halves the grid; the first doubles the width, the second too unless it is said. */
export const halvings = (d_in: number, d_out = 4 * d_in): BlockUse[] =>
  [d_in, 2 * d_in].map((width, place) =>
    block('convolution-2d', {
      name: `halving-${place + 1}`,
      d_in: width,
      d_out: place === 0 ? 2 * width : d_out,
      kernel: 3,
      stride: 2,
    }),
  )

export function samTower(v: Reader): Omit<Tower, 'role' | 'feeds'> & {
  image_size: number
  patch: number
  d_out: number
} {
  v.ignore('num_pos_feats', 'scale')
  const [image_size, patch] = [v.count('image_size'), v.count('patch_size')]
  const [d_model, d_out] = [v.count('hidden_size'), v.count('output_channels')]
  const n_layers = v.count('num_hidden_layers')
  const grid_side = Math.floor(image_size / patch)
  const all = new Set(v.wholeNumbers('global_attn_indexes', -1))
  const kinds = Array.from({ length: n_layers }, (_, layer) => (all.has(layer) ? 'all' : 'window'))
  const shared = {
    n_heads: v.count('num_attention_heads'),
    grid_side,
    relative: v.flag('use_rel_pos'),
    ...(!v.flag('qkv_bias') && { qkv_bias: 0 }),
  }
  const window_side = v.count('window_size')
  const width = v.count(
    'mlp_dim',
    follows('hidden_size * mlp_ratio', Math.trunc(d_model * v.number('mlp_ratio', 4))),
  )
  const mixer = byKind(kinds, (kind) =>
    block('padded-window-attention', { ...shared, ...(kind === 'window' && { window_side }) }),
  )
  return {
    image_size,
    patch,
    d_out,
    n_layers,
    d_model,
    input: entrance({
      patch,
      channels: v.count('num_channels'),
      bias: true,
      rows: v.flag('use_abs_pos') ? grid_side ** 2 : undefined,
    }),
    layer: steps(norms.layer, 'before', {
      mixer,
      ffn: plainFfn(v, { bias: true, width }),
    }),
    output: neck(d_model, d_out, 'neck'),
  }
}
