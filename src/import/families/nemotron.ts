/** Nemotron (Minitron): LayerNorm, squared ReLU without a gate, half of the head turned. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, norms, plainFfn } from '../parts.ts'

export const nemotron: Family = {
  defaults: {
    vocab_size: 256000,
    hidden_size: 6144,
    intermediate_size: 24576,
    num_hidden_layers: 32,
    num_attention_heads: 48,
    hidden_act: 'relu2',
    max_position_embeddings: 4096,
    partial_rotary_factor: 0.5,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')) })
    return decoder(c, preNorm(norms.layer, mixer, plainFfn(c, { bias: c.flag('mlp_bias') })), {
      final_norm: norms.layer,
    })
  },
}
