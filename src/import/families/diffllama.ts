/** LLaMA with differential attention. */
import { decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { block, gatedFfn, heads, norms } from '../parts.ts'
import { rotary } from '../rope.ts'

export const diffllama: Family = {
  defaults: {
    ...llamaDefaults,
    hidden_size: 2048,
    intermediate_size: 8192,
    num_hidden_layers: 16,
  },
  build: (c) => {
    c.ignore('lambda_std_dev')
    const { n_heads, d_head, said } = heads(c)
    const bias = c.flag('attention_bias')
    const mixer = block('differential-attention', {
      n_heads,
      ...said,
      qkv_bias: bias,
      o_bias: bias,
      position: rotary(c, d_head),
    })
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c)))
  },
}
