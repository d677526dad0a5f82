/** Pixtral's vision transformer: images of their own shape, turned positions, gated networks, no biases. */
import { block, norms } from '../parts.ts'
import type { VisionKind } from './vision-kind.ts'
import { entrance, gatedLayer } from './vit.ts'

export const pixtral: VisionKind = {
  defaults: {
    hidden_size: 1024,
    intermediate_size: 4096,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    num_channels: 3,
    image_size: 1024,
    patch_size: 16,
    hidden_act: 'gelu',
  },
  build: (c) => {
    c.ignore('head_dim', 'rope_theta', 'rope_parameters', 'vocab_size')
    const [image_size, patch] = [c.count('image_size'), c.count('patch_size')]
    return {
      image_size,
      patch,
      n_prefix: 0,
      intake: block('longest-side-image', { longest: image_size, patch }),
      tower: {
        n_layers: c.count('num_hidden_layers'),
        d_model: c.count('hidden_size'),
        input: entrance({ patch, channels: c.count('num_channels'), norm: norms.rms }),
        layer: gatedLayer(c),
        output: [],
      },
    }
  },
}
