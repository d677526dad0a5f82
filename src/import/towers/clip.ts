/** CLIP's vision transformer: a class token, a norm before the layers, patches without a bias. */
import { norms } from '../parts.ts'
import type { VisionKind } from './vision-kind.ts'
import { classTokenTower, plainLayer } from './vit.ts'

export const clip: VisionKind = {
  defaults: {
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    num_channels: 3,
    image_size: 224,
    patch_size: 32,
    hidden_act: 'quick_gelu',
  },
  build: (c) => {
    c.ignore('projection_dim', 'vocab_size')
    const sides = { image_size: c.count('image_size'), patch: c.count('patch_size') }
    return classTokenTower(c, { ...sides, norm: norms.layer }, plainLayer(c), [
      { block: norms.layer },
    ])
  },
}
