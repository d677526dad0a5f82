/** Idefics 2: patches led to the width of the language model by a network with a gate, then summed up by a resampler. */
import type { Tower } from '../../architecture/schema.ts'
import { block, norms } from '../parts.ts'
import { resampler } from './perceiver.ts'
import { headless } from './siglip.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, seenBy } from './vision-kinds.ts'

/** Tokens that stand around an image. */
const marks = 2

export const idefics2: TowerFamily = {
  defaults: {},
  ties: 'outer, or untied',
  build: (c, text): Tower[] => {
    const kind = { ...headless, defaults: { ...headless.defaults, patch_size: 32 } }
    const seen = seenBy(c, kind)
    const p = c.part('perceiver_config', {
      resampler_n_latents: 64,
      resampler_depth: 3,
      resampler_n_heads: 16,
      resampler_head_dim: 96,
      num_key_value_heads: 4,
      hidden_act: 'silu',
    })
    // It is as wide as the language model, whatever is said.
    p.ignore('hidden_size', 'rms_norm_eps', 'hidden_act')
    const { d_model } = text
    const n_rows = p.count('resampler_n_latents')
    const d_hidden = c.object('text_config')?.count('intermediate_size', 14_336) ?? 14_336
    return [
      behind(seen, block('kept-image', { patch: seen.patch, n_tokens: n_rows + marks }), 'gate'),
      {
        role: 'projector',
        name: 'gate',
        feeds: 'projector',
        n_layers: 0,
        input: [
          block('gated-projector', { d_in: seen.tower.d_model, d_hidden: 2 * d_hidden, bias: 0 }),
        ],
        layer: [],
        output: [],
      },
      {
        role: 'projector',
        feeds: 'decoder',
        ...resampler({
          n_layers: p.count('resampler_depth'),
          d_model,
          n_rows,
          norm: norms.rms,
          attention: {
            n_heads: p.count('resampler_n_heads'),
            n_kv_heads: p.count('num_key_value_heads'),
            d_head: p.count('resampler_head_dim'),
          },
          ffn: block('gated-ffn', { d_ff: 4 * d_model, activation: 'silu' }),
        }),
      },
    ]
  },
}
