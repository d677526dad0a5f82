/** CLIP's vision transformer: a class token, a norm before the layers, patches without a bias. */
import { norms } from '../parts.ts'
import type { VisionKind } from './vision-kind.ts'
import { entrance, patchesOf, plainLayer } from './vit.ts'

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
    const [image_size, patch] = [c.count('image_size'), c.count('patch_size')]
    return {
      image_size,
      patch,
      n_prefix: 1,
      tower: {
        n_layers: c.count('num_hidden_layers'),
        d_model: c.count('hidden_size'),
        input: entrance({
          patch,
          channels: c.count('num_channels'),
          n_prefix: 1,
          rows: patchesOf(image_size, patch) + 1,
          norm: norms.layer,
        }),
        layer: plainLayer(c),
        output: [{ block: norms.layer }],
      },
    }
  },
}
