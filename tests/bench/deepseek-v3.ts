/** DeepSeek-V3 as an architecture document. */
export const document = {
  name: 'DeepSeek-V3',
  d_model: 7168,
  max_context: 163840,
  stacks: [
    {
      role: 'decoder',
      n_layers: 61,
      input: [{ block: 'token-embedding', vocab_size: 129280 }],
      layer: [
        {
          name: 'mixer',
          before: 'rmsnorm',
          block: 'latent-attention',
          n_heads: 128,
          q_lora_rank: 1536,
          kv_lora_rank: 512,
          position: { block: 'rotary', d_head: 64, n_kv_heads: 1 },
        },
        {
          name: 'ffn',
          before: 'rmsnorm',
          block: 'moe',
          n_experts: 256,
          top_k: 8,
          d_ff_expert: 2048,
          d_ff_shared: 2048,
          except: [{ layers: { first: 3 }, block: 'gated-ffn', d_ff: 18432 }],
        },
      ],
      output: [{ block: 'rmsnorm' }, { block: 'output-head' }],
    },
  ],
}
