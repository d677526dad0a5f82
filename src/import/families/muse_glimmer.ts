/** Muse Glimmer: a gate on all heads, norms on both sides, windows, and no positions where nothing slides. */
import { decoder, sandwich } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { biasesIf, gatedFfn, norms } from '../parts.ts'
import { rotary } from '../rope.ts'
import { sliding } from '../windows.ts'

export const muse_glimmer_text: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 202048,
    hidden_size: 6656,
    intermediate_size: 19968,
    num_hidden_layers: 52,
    num_attention_heads: 32,
    num_key_value_heads: 2,
    head_dim: 128,
    max_position_embeddings: 131072,
    sliding_window: 2048,
  },
  build: (c) => {
    c.ignore('layer_rope_theta', 'output_multiplier', 'post_norm_eps', 'qk_scale_factor')
    const mixer = sliding(
      c,
      { all_but_every: 4 },
      {
        bias: biasesIf(c.flag('attention_bias')),
        output_gate: true,
        position_of: (kind, d_head) =>
          kind === 'full_attention' ? null : rotary(c, d_head, { kind }),
      },
    )
    return decoder(c, sandwich(norms.rms, mixer, gatedFfn(c)))
  },
}
