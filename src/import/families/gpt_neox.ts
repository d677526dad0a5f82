/** GPT-NeoX (Pythia): side by side, each with a norm of its own, or one after the other. */
import { decoder, parallelTwoNorms, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, heads, norms, plainFfn } from '../parts.ts'
import { rotary } from '../rope.ts'

export const gpt_neox: Family = {
  defaults: {
    vocab_size: 50432,
    hidden_size: 6144,
    num_hidden_layers: 44,
    num_attention_heads: 64,
    intermediate_size: 24576,
    max_position_embeddings: 2048,
    partial_rotary_factor: 0.25,
    attention_bias: true,
    use_parallel_residual: true,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const shape = heads(c, { split: true })
    const position = rotary(c, shape.d_head)
    const mixer = attention(c, { heads: shape, bias: biasesIf(c.flag('attention_bias')), position })
    const ffn = plainFfn(c, { bias: true })
    const layer = c.flag('use_parallel_residual')
      ? parallelTwoNorms(norms.layer, mixer, ffn)
      : preNorm(norms.layer, mixer, ffn)
    return decoder(c, layer, { final_norm: norms.layer })
  },
}
