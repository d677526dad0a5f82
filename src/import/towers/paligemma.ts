/** PaliGemma: all patches of a SigLIP tower through one matrix. */
import { block } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, projectorOf, visionOf } from './vision-kinds.ts'

const vision = {
  hidden_size: 1152,
  intermediate_size: 4096,
  num_hidden_layers: 27,
  num_attention_heads: 16,
  image_size: 224,
  patch_size: 14,
  vision_use_head: false,
}

export const paligemma: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  two_way: { what: 'prompts' },
  build: (c) => {
    c.ignore('projection_dim', 'hidden_size', 'vocab_size')
    const seen = visionOf(c, { kind: 'siglip_vision_model', defaults: vision })
    const { image_size, patch, tower } = seen
    return [
      behind(seen, block('fixed-size-image', { image_size, patch })),
      projectorOf(block('projection', { d_in: tower.d_model, bias: true })),
    ]
  },
}
