/** JetMoE: experts in attention as well as in the FFN. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { block, moe, norms } from '../parts.ts'
import { follows } from '../reader.ts'
import { rotary } from '../rope.ts'

export const jetmoe: Family = {
  defaults: {
    vocab_size: 32000,
    hidden_size: 2048,
    num_hidden_layers: 12,
    num_key_value_heads: 16,
    kv_channels: 128,
    intermediate_size: 5632,
    max_position_embeddings: 4096,
    num_local_experts: 8,
    num_experts_per_tok: 2,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const d_head = c.count('head_dim', follows('kv_channels', c.count('kv_channels')))
    // As many as the experts visited have, so that configs need not say it.
    c.ignore('num_attention_heads', 'kv_channels')
    const mixer = block('mixture-of-attention-heads', {
      n_experts: c.count('num_local_experts'),
      top_k: c.count('num_experts_per_tok'),
      n_kv_heads: c.count('num_key_value_heads'),
      d_head,
      o_bias: true,
      position: rotary(c, d_head),
    })
    const ffn = moe(c, { width: c.count('intermediate_size'), output_bias: true })
    return decoder(c, preNorm(norms.rms, mixer, ffn))
  },
}
