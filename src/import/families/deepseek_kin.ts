/** Built on DeepSeek V3's blocks: Mistral 4, A.X K1, and Youtu-LLM without experts. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { gatedFfn, latentAttention, norms } from '../parts.ts'
import { deepseek_v3, denseFirst, sharedExperts } from './deepseek.ts'

export const mistral4: Family = {
  ...deepseek_v3,
  types: ['mistral4'],
  defaults: {
    vocab_size: 131072,
    hidden_size: 4096,
    intermediate_size: 12288,
    moe_intermediate_size: 2048,
    num_hidden_layers: 36,
    num_attention_heads: 32,
    n_shared_experts: 1,
    num_local_experts: 128,
    num_experts_per_tok: 4,
    kv_lora_rank: 256,
    q_lora_rank: 1024,
    qk_rope_head_dim: 64,
    v_head_dim: 128,
    qk_nope_head_dim: 64,
    first_k_dense_replace: 0,
    max_position_embeddings: 1048576,
    rope_scaling: {
      rope_type: 'yarn',
      rope_theta: 10000,
      factor: 128,
      original_max_position_embeddings: 8192,
      beta_fast: 32,
      beta_slow: 1,
      mscale: 1,
      mscale_all_dim: 1,
    },
    tie_word_embeddings: false,
  },
}

/** A further norm after the experts, none after the dense layers. */
export const axk1: Family = {
  defaults: {
    ...deepseek_v3.defaults,
    vocab_size: 163840,
    num_attention_heads: 64,
    num_local_experts: 192,
    first_k_dense_replace: 1,
    max_position_embeddings: 32768,
  },
  build: (c) => {
    const experts = () => ({ ...sharedExperts(c), after: norms.rms })
    const dense = () => ({ ...gatedFfn(c), after: null })
    return decoder(c, preNorm(norms.rms, latentAttention(c), denseFirst(c, experts, dense)))
  },
}

export const youtu: Family = {
  defaults: {
    vocab_size: 128256,
    hidden_size: 2048,
    intermediate_size: 6144,
    num_hidden_layers: 32,
    num_attention_heads: 16,
    kv_lora_rank: 512,
    q_lora_rank: 1536,
    qk_rope_head_dim: 64,
    v_head_dim: 128,
    qk_nope_head_dim: 128,
    max_position_embeddings: 131072,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore('embedding_initializer_range')
    return decoder(c, preNorm(norms.rms, latentAttention(c), gatedFfn(c)))
  },
}
