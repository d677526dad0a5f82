/** CLIP's vision transformer: a class token, a norm before the layers, patches without a bias. */
import { block, norms } from '../parts.ts'
import { plainLayer } from './vit.ts'
import type { VisionKind } from './vision-kind.ts'

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
    const [image_size, patch, d_model] = [
      c.count('image_size'),
      c.count('patch_size'),
      c.count('hidden_size'),
    ]
    const max_positions = Math.floor(image_size / patch) ** 2 + 1
    return {
      image_size,
      patch,
      d_model,
      n_prefix: 1,
      tower: {
        n_layers: c.count('num_hidden_layers'),
        d_model,
        input: [
          block('patch-embedding', { patch, channels: c.count('num_channels') }),
          block('prefix-tokens', {}),
          block('learned-positions', { max_positions }),
          { block: norms.layer },
        ],
        layer: plainLayer(c),
        output: [{ block: norms.layer }],
      },
    }
  },
}
