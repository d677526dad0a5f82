/** gpt-oss: every second layer slides, learned sink logits, experts with biases. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { biasesIf, moe, norms } from '../parts.ts'
import { sliding } from '../windows.ts'

export const gpt_oss: Family = {
  defaults: {
    vocab_size: 201088,
    hidden_size: 2880,
    intermediate_size: 2880,
    num_hidden_layers: 36,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    head_dim: 64,
    num_local_experts: 128,
    num_experts_per_tok: 4,
    sliding_window: 128,
    max_position_embeddings: 131072,
    attention_bias: true,
    rope_theta: 150000,
    rope_scaling: {
      rope_type: 'yarn',
      factor: 32,
      beta_fast: 32,
      beta_slow: 1,
      truncate: false,
      original_max_position_embeddings: 4096,
    },
    tie_word_embeddings: false,
  },
  build: (c) => {
    const bias = biasesIf(c.flag('attention_bias'))
    const mixer = sliding(c, { all_but_every: 2 }, { bias, sink_logits: true })
    const width = c.count('intermediate_size')
    const ffn = moe(c, { width, router_bias: true, expert_bias: true })
    return decoder(c, preNorm(norms.rms, mixer, ffn))
  },
}
