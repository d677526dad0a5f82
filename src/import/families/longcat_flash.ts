/** LongCat-Flash: a layer attends twice and has two dense FFNs; experts, some of which do nothing, stand beside the first. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { gatedFfn, latentAttention, moe, norms } from '../parts.ts'

export const longcat_flash: Family = {
  defaults: {
    vocab_size: 131072,
    hidden_size: 6144,
    intermediate_size: 12288,
    num_layers: 28,
    num_attention_heads: 64,
    max_position_embeddings: 131072,
    rope_theta: 10000000,
    q_lora_rank: 1536,
    kv_lora_rank: 512,
    qk_nope_head_dim: 128,
    qk_rope_head_dim: 64,
    v_head_dim: 128,
    num_local_experts: 512,
    zero_expert_num: 256,
    num_experts_per_tok: 12,
    expert_ffn_hidden_size: 2048,
    tie_word_embeddings: false,
  },
  build: (c) => {
    // Twice the layers that the model code has, for the sake of its cache.
    c.ignore('num_hidden_layers', 'mla_scale_q_lora', 'mla_scale_kv_lora', 'attention_method')
    const kind = c.text('zero_expert_type', 'identity')
    if (kind !== 'identity')
      throw c.wrong('zero_expert_type', `is "${kind.slice(0, 40)}"; identity is expected`)
    const experts = moe(c, {
      width: c.count('expert_ffn_hidden_size'),
      n_zero_experts: c.count('zero_expert_num', 0, 0),
      router_bias: c.flag('router_bias'),
    })
    const both = {
      blocks: [
        { ...gatedFfn(c), name: 'dense' },
        { ...experts, name: 'experts' },
      ],
    }
    const first = preNorm(norms.rms, latentAttention(c), both)
    const second = preNorm(norms.rms, latentAttention(c), gatedFfn(c)).map((step) => ({
      ...step,
      name: `second-${step.name}`,
    }))
    return decoder(c, [...first, ...second], { n_layers: c.count('num_layers') })
  },
  unverified: true,
}
