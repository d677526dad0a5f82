/** PaliGemma: all patches of a SigLIP tower through one matrix. */
import { block } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, projectorOf, visionOf } from './vision-kinds.ts'

/** The tower of a config that does not describe it. */
export const vision = {
  hidden_size: 1152,
  intermediate_size: 4096,
  num_hidden_layers: 27,
  num_attention_heads: 16,
  image_size: 224,
  patch_size: 14,
  vision_use_head: false,
}

export const paligemma: TowerFamily = {
  defaults: { projection_dim: 2048 },
  ties: 'outer, or tied',
  two_way: { what: 'prompts' },
  build: (c, text) => {
    c.ignore('hidden_size', 'vocab_size')
    const d_out = c.count('projection_dim')
    const seen = visionOf(c, { kind: 'siglip_vision_model', defaults: vision })
    const { image_size, patch, tower } = seen
    return [
      behind(seen, block('fixed-size-image', { image_size, patch })),
      projectorOf(
        block('projection', {
          d_in: tower.d_model,
          ...(d_out !== text.d_model && { d_out }),
          bias: true,
        }),
      ),
    ]
  },
}
