/** Kimi K2.5: MoonViT, a vision transformer whose table of positions is stretched to the image, patches merged four to one. */
import { block, norms } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance, plainLayer } from './vit.ts'

export const kimi_k25: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  build: (c) => {
    const v = c.part('vision_config', {
      hidden_size: 1152,
      intermediate_size: 4304,
      num_hidden_layers: 27,
      num_attention_heads: 16,
      patch_size: 14,
      pos_emb_height: 64,
      pos_emb_width: 64,
      hidden_act: 'gelu_pytorch_tanh',
      merge_kernel_size: [2, 2],
    })
    v.ignore('pos_emb_time', 'rope_parameters')
    c.ignore('projection_layer_norm_eps')
    const [patch, d_model] = [v.count('patch_size'), v.count('hidden_size')]
    const width = c.count('projection_hidden_size', d_model)
    const [down = 2, across = down] = v.wholeNumbers('merge_kernel_size', 2)
    if (down !== across || down < 1)
      throw v.unsupported('merge_kernel_size', 'is no square, and others are not modelled')
    const d_in = d_model * down ** 2
    return [
      {
        role: 'vision',
        feeds: 'projector',
        n_layers: v.count('num_hidden_layers'),
        d_model,
        input: [
          block('shrunk-image', { patch, merge: down }),
          ...entrance({
            patch,
            bias: true,
            rows: v.count('pos_emb_height') * v.count('pos_emb_width'),
          }),
        ],
        layer: plainLayer(v),
        output: [{ block: norms.layer }],
      },
      projectorOf(
        block('layernorm', { width }),
        block('merge-patches', { side: down }),
        block('mlp-projector', { d_in, d_hidden: d_in }),
      ),
    ]
  },
}
