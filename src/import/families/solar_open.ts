/** Solar Open: experts in every layer, with a shared one. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, norms } from '../parts.ts'
import { sharedExperts } from './deepseek.ts'

export const solar_open: Family = {
  defaults: {
    vocab_size: 196608,
    hidden_size: 4096,
    num_hidden_layers: 48,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 131072,
    rope_theta: 1000000,
    moe_intermediate_size: 1280,
    num_experts_per_tok: 8,
    n_shared_experts: 1,
    num_local_experts: 128,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore('intermediate_size', 'first_k_dense_replace', 'use_qk_norm')
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias'), 'qkv') })
    return decoder(c, preNorm(norms.rms, mixer, sharedExperts(c)))
  },
}
