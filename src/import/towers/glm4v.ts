/** GLM-4V's towers: gated layers, patches merged by a convolution, then a gated network on the way to the language model. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import { block, gatedFfn, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'
import { entrance, patchesOf } from './vit.ts'

const defaults = {
  depth: 24,
  hidden_size: 1536,
  num_attention_heads: 12,
  num_channels: 3,
  image_size: 336,
  patch_size: 14,
  spatial_merge_size: 2,
  temporal_patch_size: 2,
  out_hidden_size: 4096,
  intermediate_size: 13696,
  attention_bias: false,
  hidden_act: 'silu',
}

interface Parts {
  rows?: number
  norm: boolean
  layer: Tower['layer']
  d_ff: number
}

/** The tower, and at the language model's width what follows it. */
function towers(v: Reader, { rows, norm, layer, d_ff }: Parts): Tower[] {
  v.ignore('rope_parameters', 'rope_theta')
  const d_model = v.count('hidden_size')
  const d_out = v.count('out_hidden_size')
  const [patch, merge] = [v.count('patch_size'), v.count('spatial_merge_size')]
  const frames = v.count('temporal_patch_size')
  const input: BlockUse[] = [
    // Both time steps of a still image count among its pixels.
    block('bounded-image', {
      patch,
      merge,
      min_pixels: (112 * 112) / frames,
      max_pixels: (28 * 28 * 15_000) / frames,
    }),
    ...entrance({
      patch,
      channels: v.count('num_channels'),
      frames,
      bias: true,
      rows,
      norm: norm ? norms.rms : null,
    }),
  ]
  return [
    {
      role: 'vision',
      feeds: 'merger',
      n_layers: v.count('depth'),
      d_model,
      input,
      layer,
      output: [
        { block: 'rmsnorm' },
        block('convolution-2d', { d_out, kernel: merge, stride: merge, bias: true }),
      ],
    },
    {
      role: 'vision',
      name: 'merger',
      feeds: 'decoder',
      n_layers: 0,
      d_model: d_out,
      input: [block('projection', {}), { block: 'layernorm' }, block('gated-ffn', { d_ff })],
      layer: [],
      output: [],
    },
  ]
}

/** The width of its layers' networks is that of the language model. */
export const glm4v: TowerFamily = {
  defaults: {},
  ties: 'either',
  build: (c) => {
    const v = c.part('vision_config', defaults)
    const bias = v.flag('attention_bias')
    return towers(v, {
      rows: patchesOf(v.count('image_size'), v.count('patch_size')),
      norm: true,
      layer: steps(norms.rms, 'before', {
        mixer: block('attention', {
          n_heads: v.count('num_attention_heads'),
          q_bias: bias,
          k_bias: bias,
          v_bias: bias,
        }),
        ffn: gatedFfn(v, { width: v.count('out_hidden_size') }),
      }),
      d_ff: v.count('intermediate_size'),
    })
  },
}

export const glm_ocr: TowerFamily = {
  defaults: {},
  ties: 'either',
  build: (c) => {
    const v = c.part('vision_config', {
      ...defaults,
      hidden_size: 1024,
      num_attention_heads: 16,
      out_hidden_size: 1536,
      intermediate_size: 4096,
      attention_bias: true,
    })
    v.ignore('image_size')
    const bias = v.flag('attention_bias')
    return towers(v, {
      norm: false,
      layer: steps(norms.rms, 'before', {
        mixer: block('attention', {
          n_heads: v.count('num_attention_heads'),
          q_bias: bias,
          k_bias: bias,
          v_bias: bias,
          o_bias: bias,
          qk_norm: 'shared',
        }),
        ffn: gatedFfn(v, { bias }),
      }),
      d_ff: v.count('out_hidden_size') * v.count('num_channels'),
    })
  },
}
