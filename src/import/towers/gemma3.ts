/** Gemma 3: a SigLIP tower whose patches are pooled to as many tokens for every image. */
import { block } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, visionOf } from './vision-kinds.ts'

export const gemma3: TowerFamily = {
  defaults: { mm_tokens_per_image: 256, tie_word_embeddings: true },
  ties: 'outer, or tied',
  build: (c) => {
    const seen = visionOf(c, { kind: 'siglip_vision_model' })
    const n_tokens = c.count('mm_tokens_per_image')
    const { image_size, patch, d_model } = seen
    const side = Math.floor(Math.floor(image_size / patch) / Math.floor(Math.sqrt(n_tokens)))
    return [
      behind(block('fixed-size-image', { image_size, patch, n_tokens }), seen),
      {
        role: 'projector',
        feeds: 'decoder',
        n_layers: 0,
        input: [
          block('pool-patches', { side }),
          block('rmsnorm', { width: d_model }),
          block('projection', { d_in: d_model }),
        ],
        layer: [],
        output: [],
      },
    ]
  },
}
