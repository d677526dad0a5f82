/** VideoLLaMA 3: a headless SigLIP tower with turned positions, two matrices to the language model. */
import { activation, block, norms } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance, plainLayer } from './vit.ts'

export const video_llama_3: TowerFamily = {
  defaults: {},
  ties: 'either',
  build: (c) => {
    const v = c.part('vision_config', {
      hidden_size: 768,
      intermediate_size: 3072,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      num_channels: 3,
      patch_size: 16,
      hidden_act: 'gelu_pytorch_tanh',
    })
    v.ignore('rope_parameters', 'image_size')
    const [patch, d_model] = [v.count('patch_size'), v.count('hidden_size')]
    return [
      {
        role: 'vision',
        feeds: 'projector',
        n_layers: v.count('num_hidden_layers'),
        d_model,
        input: [
          // Images are not merged, and frames of a video are.
          block('bounded-image', { patch, merge: 1, max_pixels: 1280 * 28 ** 2 }),
          ...entrance({ patch, channels: v.count('num_channels'), bias: true }),
        ],
        layer: plainLayer(v),
        output: [{ block: norms.layer }],
      },
      projectorOf(block('mlp-projector', { d_in: d_model, activation: activation(v, 'gelu') })),
    ]
  },
}
