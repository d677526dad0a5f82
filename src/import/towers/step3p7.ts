/** Step 3.7: a vision transformer that scales what its steps add, two convolutions, one matrix to the language model. */
import { block, norms, plainFfn } from '../parts.ts'
import { plainAttention, steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance, patchesOf } from './vit.ts'

export const step3p7: TowerFamily = {
  defaults: {},
  ties: 'outer, or untied',
  build: (c) => {
    const v = c.part('vision_config', {
      hidden_size: 1536,
      mlp_ratio: 35 / 6,
      num_hidden_layers: 47,
      num_attention_heads: 16,
      num_channels: 3,
      image_size: 728,
      patch_size: 14,
      hidden_act: 'quick_gelu',
    })
    v.ignore(
      'intermediate_size',
      'layer_scale_init_value',
      'rope_parameters',
      'max_position_embeddings',
    )
    const [patch, d_model] = [v.count('patch_size'), v.count('hidden_size')]
    const whole = v.count('image_size')
    const width = Math.floor(d_model * v.number('mlp_ratio'))
    const layer = steps(norms.layer, 'before', {
      mixer: plainAttention(v.count('num_attention_heads')),
      ffn: plainFfn(v, { bias: true, width }),
    })
    const conv = (name: string, d_in: number) =>
      block('convolution-2d', { name, d_in, d_out: 2 * d_in, kernel: 3, stride: 2, bias: true })
    return [
      {
        role: 'vision',
        feeds: 'projector',
        n_layers: v.count('num_hidden_layers'),
        d_model,
        input: [
          block('windowed-image', { whole, patch, marks: 2, row_marks: 1 }),
          ...entrance({
            patch,
            channels: v.count('num_channels'),
            rows: patchesOf(whole, patch),
            norm: norms.layer,
          }),
        ],
        layer: layer.map((step) => ({ ...step, after: 'layer-scale' })),
        output: [conv('first', d_model), conv('second', 2 * d_model)],
      },
      projectorOf(block('projection', { d_in: 4 * d_model, bias: c.flag('projector_bias') })),
    ]
  },
}
