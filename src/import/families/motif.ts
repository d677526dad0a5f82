/** Motif: differential attention whose heads are normed with weights, and an activation with learned numbers (PolyNorm). */
import { decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { block, gatedFfn, heads, norms } from '../parts.ts'
import { rotary } from '../rope.ts'

/** Three weights, one for each power, and a bias. */
const poly_norm = 4

export const motif: Family = {
  types: ['motif', 'Motif'],
  defaults: {
    ...llamaDefaults,
    vocab_size: 151936,
    hidden_size: 4096,
    intermediate_size: 22016,
    num_key_value_heads: 32,
    max_position_embeddings: 32768,
    hidden_act: 'poly_norm',
  },
  build: (c) => {
    for (const key of ['num_noise_heads', 'mhc_enabled', 'kv_lora_rank', 'num_experts'])
      if (c.has(key))
        throw c.unsupported(
          key,
          'is of Motif 2 and 3, whose grouped differential attention is not modelled; only that of the first is',
        )
    c.ignore('attn_rms_norm_eps', 'use_sliding_window', 'sliding_window', 'max_window_layers')
    const { n_heads, d_head, said } = heads(c)
    const bias = c.flag('use_bias')
    const mixer = block('differential-attention', {
      n_heads,
      ...said,
      qkv_bias: c.flag('qkv_bias', bias),
      o_bias: bias,
      head_norm: true,
      position: rotary(c, d_head),
    })
    const polynomial = c.text('hidden_act', 'poly_norm') === 'poly_norm'
    const ffn = gatedFfn(c, { bias, ...(polynomial && { activation_params: poly_norm }) })
    return decoder(c, preNorm(norms.rms, mixer, ffn))
  },
  unverified: true,
}
