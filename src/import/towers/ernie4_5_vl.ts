/** ERNIE 4.5 VL: patches merged in the plane, then over time, before a matrix to the language model. */
import { block, norms } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance, plainLayer } from './vit.ts'

export const ernie4_5_vl: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  build: (c) => {
    const v = c.part('vision_config', {
      depth: 32,
      hidden_size: 1280,
      intermediate_size: 5120,
      num_attention_heads: 16,
      num_channels: 3,
      patch_size: 14,
      spatial_merge_size: 2,
      temporal_merge_size: 2,
      hidden_act: 'quick_gelu',
    })
    v.ignore('rope_parameters', 'rope_theta')
    const [patch, d_model] = [v.count('patch_size'), v.count('hidden_size')]
    const side = v.count('spatial_merge_size')
    const merged = d_model * side ** 2
    const frames = v.count('temporal_merge_size')
    const mlp = (name: string, d_in: number) =>
      block('mlp-projector', { name, d_in, d_hidden: merged, d_out: merged })
    return [
      {
        role: 'vision',
        feeds: 'projector',
        n_layers: v.count('depth'),
        d_model,
        input: [
          block('bounded-image', { patch, merge: side, max_pixels: 6177 * 28 ** 2 }),
          ...entrance({ patch, channels: v.count('num_channels') }),
        ],
        layer: plainLayer(v),
        output: [{ block: norms.layer }],
      },
      projectorOf(
        block('merge-patches', { side }),
        mlp('in-space', merged),
        block('layernorm', { name: 'after-space', width: merged }),
        mlp('in-time', merged * frames),
        block('layernorm', { name: 'after-time', width: merged }),
        block('projection', { d_in: merged, bias: true }),
        { block: 'rmsnorm' },
      ),
    ]
  },
}
