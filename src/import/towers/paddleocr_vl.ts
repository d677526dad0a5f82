/** PaddleOCR-VL: a headless SigLIP tower for images of their own shape, patches merged four to one. */
import { block } from '../parts.ts'
import { headless } from './siglip.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, projectorOf, seenBy } from './vision-kinds.ts'

export const paddleocr_vl: TowerFamily = {
  defaults: {},
  ties: 'either, or tied',
  build: (c) => {
    const kind = {
      ...headless,
      defaults: {
        ...headless.defaults,
        hidden_size: 1152,
        intermediate_size: 4304,
        num_hidden_layers: 27,
        num_attention_heads: 16,
        image_size: 384,
        patch_size: 14,
        spatial_merge_size: 2,
      },
    }
    const seen = seenBy(c, kind)
    const v = c.part('vision_config', kind.defaults)
    v.ignore('rope_parameters', 'rope_theta', 'temporal_patch_size', 'tokens_per_second')
    const [merge, width] = [v.count('spatial_merge_size'), seen.tower.d_model]
    const d_in = width * merge ** 2
    const bounds = { min_pixels: 384 ** 2, max_pixels: 1536 ** 2 }
    return [
      behind(seen, block('bounded-image', { patch: seen.patch, merge, ...bounds })),
      projectorOf(
        block('layernorm', { width }),
        block('merge-patches', { side: merge }),
        block('mlp-projector', { d_in, d_hidden: d_in }),
      ),
    ]
  },
}
