/** LFM2-VL: a SigLIP 2 tower for images of their own shape, patches merged before two matrices. */
import { activation, block, norms } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance, plainLayer } from './vit.ts'

export const lfm2_vl: TowerFamily = {
  defaults: {
    downsample_factor: 2,
    projector_hidden_size: 2560,
    projector_bias: true,
    projector_use_layernorm: true,
  },
  ties: 'outer, or tied',
  build: (c) => {
    c.ignore('projector_hidden_act')
    const v = c.part('vision_config', {
      hidden_size: 768,
      intermediate_size: 3072,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      num_channels: 3,
      patch_size: 16,
      num_patches: 256,
      hidden_act: 'gelu_pytorch_tanh',
      vision_use_head: true,
    })
    const [patch, d_model] = [v.count('patch_size'), v.count('hidden_size')]
    const side = c.count('downsample_factor')
    const d_in = d_model * side ** 2
    const head = v.flag('vision_use_head')
      ? [block('attention-pooling', { d_ff: v.count('intermediate_size') })]
      : []
    return [
      {
        role: 'vision',
        feeds: 'projector',
        n_layers: v.count('num_hidden_layers'),
        d_model,
        input: [
          block('thumbnailed-image', { patch, merge: side, marks: 1, around: 2 }),
          ...entrance({
            patch,
            channels: v.count('num_channels'),
            bias: true,
            rows: v.count('num_patches'),
          }),
        ],
        layer: plainLayer(v),
        output: [{ block: norms.layer }, ...head],
      },
      projectorOf(
        block('merge-patches', { side }),
        ...(c.flag('projector_use_layernorm') ? [block('layernorm', { width: d_in })] : []),
        block('mlp-projector', {
          d_in,
          d_hidden: c.count('projector_hidden_size'),
          ...(!c.flag('projector_bias') && { bias: 0 }),
          activation: activation(c, 'gelu'),
        }),
      ),
    ]
  },
}
