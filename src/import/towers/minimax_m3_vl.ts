/** MiniMax-M3: two matrices for each patch, then two for every four of them side by side. */
import { block, norms } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance, plainLayer } from './vit.ts'

export const minimax_m3_vl: TowerFamily = {
  defaults: { projector_hidden_size: 6144 },
  ties: 'either',
  build: (c, text) => {
    c.ignore('merged_hidden_size')
    const v = c.part('vision_config', {
      hidden_size: 1280,
      intermediate_size: 5120,
      num_hidden_layers: 32,
      num_attention_heads: 16,
      num_channels: 3,
      patch_size: 14,
      temporal_patch_size: 2,
      spatial_merge_size: 2,
      hidden_act: 'gelu',
    })
    v.ignore('rope_parameters', 'image_size')
    const [patch, d_model] = [v.count('patch_size'), v.count('hidden_size')]
    const side = v.count('spatial_merge_size')
    const d_hidden = c.count('projector_hidden_size')
    return [
      {
        role: 'vision',
        feeds: 'projector',
        n_layers: v.count('num_hidden_layers'),
        d_model,
        input: [
          block('bounded-image', { patch, merge: side, max_pixels: 451_584, around: 2 }),
          ...entrance({
            patch,
            channels: v.count('num_channels'),
            frames: v.count('temporal_patch_size'),
            norm: norms.layer,
          }),
        ],
        layer: plainLayer(v),
        output: [],
      },
      projectorOf(
        block('mlp-projector', { name: 'of-patches', d_in: d_model, d_hidden }),
        block('merge-patches', { side }),
        block('mlp-projector', { name: 'of-merged', d_in: text.d_model * side ** 2, d_hidden }),
      ),
    ]
  },
}
