/** RWKV-4: time mixing and channel mixing under LayerNorms; the first layer begins with one more. */
import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { block } from '../parts.ts'

export const rwkv: Family = {
  defaults: {
    vocab_size: 50277,
    context_length: 1024,
    hidden_size: 4096,
    num_hidden_layers: 32,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const norm = 'layernorm'
    const d_model = c.count('hidden_size')
    const d_att = c.count('attention_hidden_size', d_model)
    const d_ff = c.count('intermediate_size', 4 * d_model)
    return decoder(
      c,
      [
        { name: 'entry', block: null, except: [{ layers: { first: 1 }, block: norm }] },
        {
          ...block('rwkv4-time-mix', { d_att: d_att === d_model ? undefined : d_att }),
          name: 'mixer',
          before: norm,
        },
        {
          ...block('rwkv4-channel-mix', { d_ff: d_ff === 4 * d_model ? undefined : d_ff }),
          name: 'ffn',
          before: norm,
        },
      ],
      { final_norm: norm, max_context: c.count('context_length') },
    )
  },
}
