/** GPT-J and CodeGen: attention and FFN side by side under one norm, rotary embedding of a part of the head. */
import { decoder, parallel } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, fourfoldFfn, heads, norms } from '../parts.ts'
import { follows } from '../reader.ts'
import { rotary } from '../rope.ts'

export const gptj: Family = {
  types: ['gptj', 'codegen'],
  defaults: {
    vocab_size: 50400,
    max_position_embeddings: 2048,
    hidden_size: 4096,
    num_hidden_layers: 28,
    num_attention_heads: 16,
    rotary_dim: 64,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const shape = heads(c, { split: true })
    const position = rotary(c, shape.d_head, {
      d_rot: c.count('rotary_dim', follows('hidden_size / num_attention_heads', shape.d_head)),
    })
    const layer = parallel(
      norms.layer,
      attention(c, { heads: shape, position }),
      fourfoldFfn(c, { bias: true }),
    )
    return decoder(c, layer, { final_norm: norms.layer, head_bias: true })
  },
}
