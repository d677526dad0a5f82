/** GPT-2 and GPT-BigCode: learned positions, biases everywhere, tied tables. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, fourfoldFfn, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { refuseCrossAttention } from '../refuse.ts'

const defaults = {
  vocab_size: 50257,
  max_position_embeddings: 1024,
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  tie_word_embeddings: true,
}

function build(c: Reader, settings: object = {}) {
  refuseCrossAttention(c)
  const mixer = attention(c, { bias: 'qkvo', position: null, ...settings })
  return decoder(c, preNorm(norms.layer, mixer, fourfoldFfn(c, { bias: true })), {
    positions: block('learned-positions', {}),
    final_norm: norms.layer,
  })
}

export const gpt2: Family = { defaults, build: (c) => build(c) }

/** One key-value head for all, unless the flag is off. */
export const gpt_bigcode: Family = {
  defaults: { ...defaults, multi_query: true },
  build: (c) => build(c, c.flag('multi_query') ? { n_kv_heads: 1 } : {}),
}
