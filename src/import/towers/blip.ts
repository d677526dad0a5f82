/** BLIP: a vision transformer with a class token, at whose rows the text looks in every layer. */
import { block, norms } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import type { VisionKind } from './vision-kind.ts'
import { behind, seenBy } from './vision-kinds.ts'
import { classTokenTower, plainLayer } from './vit.ts'

const seen: VisionKind = {
  defaults: {
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    num_channels: 3,
    image_size: 384,
    patch_size: 16,
    hidden_act: 'gelu',
  },
  build: (c) => {
    c.ignore('projection_dim')
    const sides = { image_size: c.count('image_size'), patch: c.count('patch_size') }
    return classTokenTower(c, { ...sides, bias: true }, plainLayer(c), [{ block: norms.layer }])
  },
}

export const blip: TowerFamily = {
  defaults: {},
  ties: 'either, or tied',
  build: (c) => {
    c.ignore(
      'image_text_hidden_size',
      'logit_scale_init_value',
      'label_smoothing',
      'projection_dim',
    )
    const vision = seenBy(c, seen)
    const { image_size, patch } = vision
    // Its rows are looked at; none of them is a token of the text.
    return [
      behind(vision, block('fixed-size-image', { image_size, patch, n_tokens: 0 }), 'decoder'),
    ]
  },
}
