/** InternVL: tiles through a vision transformer that scales what its steps add, merged four to one before two matrices. */
import type { Sublayer } from '../../architecture/schema.ts'
import { activation, block, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'
import type { VisionKind } from './vision-kind.ts'
import { behind, projectorOf, seenBy } from './vision-kinds.ts'
import { classTokenTower, side } from './vit.ts'

function layers(c: Reader): Sublayer[] {
  const bias = c.flag('attention_bias')
  const norm = c.text('norm_type', 'layer_norm') === 'rms_norm' ? norms.rms : norms.layer
  const layer = steps(norm, 'before', {
    mixer: block('attention', {
      n_heads: c.count('num_attention_heads'),
      q_bias: bias,
      k_bias: bias,
      v_bias: bias,
      o_bias: true,
      ...(c.flag('use_qk_norm') && { qk_norm: 'full' }),
    }),
    ffn: plainFfn(c, { bias: true }),
  })
  return layer.map((step) => ({ ...step, after: 'layer-scale' }))
}

const intern: VisionKind = {
  defaults: {
    hidden_size: 1024,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    attention_bias: false,
    use_qk_norm: false,
    intermediate_size: 4096,
    hidden_act: 'gelu',
    norm_type: 'layer_norm',
    image_size: 448,
    patch_size: 14,
    num_channels: 3,
    use_absolute_position_embeddings: true,
    use_mask_token: false,
    use_mean_pooling: true,
  },
  build: (c) => {
    c.ignore('layer_scale_init_value', 'drop_path_rate', 'projection_dropout')
    const [image_size, patch] = [side(c, 'image_size'), side(c, 'patch_size')]
    const table = c.flag('use_absolute_position_embeddings') ? {} : { rows: undefined }
    const last = c.flag('use_mean_pooling') ? [] : [{ block: norms.layer }]
    // What stands for a patch that training hides.
    const mask = c.flag('use_mask_token')
      ? [block('idle-weights', { values: c.count('hidden_size') })]
      : []
    return classTokenTower(c, { image_size, patch, bias: true, ...table }, layers(c), [
      ...last,
      ...mask,
    ])
  },
}

function family(ties: TowerFamily['ties'], usual: Record<string, unknown> = {}): TowerFamily {
  return {
    defaults: { downsample_ratio: 0.5, vision_feature_select_strategy: 'default' },
    ties,
    build: (c) => {
      c.ignore('image_seq_length', 'projector_hidden_act', 'vision_feature_layer')
      const kind = { ...intern, defaults: { ...intern.defaults, ...usual } }
      const seen = seenBy(c, kind)
      const { image_size: tile, patch, tower } = seen
      const merge = 1 / c.number('downsample_ratio')
      if (!Number.isInteger(merge))
        throw c.wrong('downsample_ratio', `is ${1 / merge}; one over a whole number is expected`)
      const drops = c.text('vision_feature_select_strategy', 'default') === 'default'
      const d_in = tower.d_model * merge ** 2
      const n_tokens = Math.floor(Math.floor(tile / patch) / merge) ** 2
      return [
        behind(seen, block('tiled-image', { tile, patch, n_tokens, around: 2 })),
        projectorOf(
          ...(drops ? [{ block: 'drop-prefix' }] : []),
          block('merge-patches', { side: merge }),
          block('layernorm', { width: d_in }),
          block('mlp-projector', { d_in, activation: activation(c, 'gelu') }),
        ),
      ]
    },
  }
}

export const internvl = family('outer, or tied')
export const qianfan_ocr = family('outer, or untied', { attention_bias: true })
