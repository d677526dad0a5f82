/** Llama 4: tiles with a class token behind them, patches merged four to one by a network, a matrix to the language model. */
import { block, norms } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import type { VisionKind } from './vision-kind.ts'
import { behind, projectorOf, seenBy } from './vision-kinds.ts'
import { classTokenTower, plainLayer } from './vit.ts'

const kind: VisionKind = {
  defaults: {
    hidden_size: 768,
    hidden_act: 'gelu',
    num_hidden_layers: 34,
    num_attention_heads: 16,
    num_channels: 3,
    intermediate_size: 5632,
    vision_output_dim: 7680,
    image_size: 448,
    patch_size: 14,
    pixel_shuffle_ratio: 0.5,
    projector_input_dim: 4096,
    projector_output_dim: 4096,
  },
  build: (c) => {
    c.ignore(
      'multi_modal_projector_bias',
      'rope_theta',
      'rope_parameters',
      'vision_feature_layer',
      'vision_feature_select_strategy',
    )
    const sides = { image_size: c.count('image_size'), patch: c.count('patch_size') }
    return classTokenTower(c, { ...sides, norm: norms.layer }, plainLayer(c), [
      { block: norms.layer },
      { block: 'drop-prefix' },
      block('merge-patches', { side: 1 / c.number('pixel_shuffle_ratio') }),
      block('mlp-projector', {
        d_in: c.count('intermediate_size'),
        d_hidden: c.count('projector_input_dim'),
        d_out: c.count('projector_output_dim'),
        bias: 0,
      }),
    ])
  },
}

export const llama4: TowerFamily = {
  defaults: {},
  ties: 'text',
  build: (c) => {
    const seen = seenBy(c, kind)
    const v = c.part('vision_config', kind.defaults)
    const { image_size: tile, patch } = seen
    const merge = 1 / v.number('pixel_shuffle_ratio')
    const n_tokens = Math.floor(tile / patch / merge) ** 2
    return [
      behind(
        seen,
        block('tiled-image', { tile, patch, most: 16, fit: 'scale', n_tokens, separators: 1 }),
      ),
      projectorOf(block('projection', { d_in: v.count('vision_output_dim') })),
    ]
  },
}
