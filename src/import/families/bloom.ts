/** BLOOM: ALiBi, biases, and a norm on the embedding. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, heads, norms } from '../parts.ts'

export const bloom: Family = {
  defaults: {
    vocab_size: 250880,
    hidden_size: 64,
    num_hidden_layers: 2,
    num_attention_heads: 8,
    max_position_embeddings: 2048,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const mixer = attention(c, {
      heads: heads(c, { split: true }),
      bias: 'qkvo',
      position: block('alibi', {}),
    })
    const ffn = block('ffn', { ffn_bias: true })
    return decoder(c, preNorm(norms.layer, mixer, ffn), {
      embedding_norm: norms.layer,
      final_norm: norms.layer,
    })
  },
}
