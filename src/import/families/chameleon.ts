/** Chameleon: LLaMA with a norm of its own for every query and key head, and images as words of its vocabulary. */
import { decoder, postNorm, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, heads, norms } from '../parts.ts'

export const chameleon: Family = {
  defaults: { ...llamaDefaults, vocab_size: 65536, max_position_embeddings: 4096 },
  build: (c) => {
    c.ignore('model_parallel_size', 'vocabulary_map')
    const mixer = attention(c, {
      heads: heads(c, { split: true }),
      bias: biasesIf(c.flag('attention_bias')),
      qk_norm: 'full',
      qk_norm_bias: 1,
    })
    const layer = c.flag('swin_norm') ? postNorm : preNorm
    return decoder(c, layer(norms.rms, mixer, gatedFfn(c, { bias: c.flag('mlp_bias') })))
  },
}
