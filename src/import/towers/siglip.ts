/** SigLIP's vision transformer: no class token; a pooling head that language models are not given. */
import { block, norms } from '../parts.ts'
import { plainLayer } from './vit.ts'
import type { VisionKind } from './vision-kind.ts'

export const siglip: VisionKind = {
  defaults: {
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    num_channels: 3,
    image_size: 224,
    patch_size: 16,
    hidden_act: 'gelu_pytorch_tanh',
    vision_use_head: true,
  },
  build: (c) => {
    c.ignore('projection_dim', 'projector_hidden_act', 'vocab_size')
    const [image_size, patch, d_model] = [
      c.count('image_size'),
      c.count('patch_size'),
      c.count('hidden_size'),
    ]
    const head = c.flag('vision_use_head')
      ? [block('attention-pooling', { d_ff: c.count('intermediate_size') })]
      : []
    return {
      image_size,
      patch,
      d_model,
      n_prefix: 0,
      tower: {
        n_layers: c.count('num_hidden_layers'),
        d_model,
        input: [
          block('patch-embedding', { patch, channels: c.count('num_channels'), bias: true }),
          block('learned-positions', { max_positions: Math.floor(image_size / patch) ** 2 }),
        ],
        layer: plainLayer(c),
        output: [{ block: norms.layer }, ...head],
      },
    }
  },
}
