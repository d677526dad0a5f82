/** GPT-2 and GPT-BigCode: learned positions, biases everywhere, tied tables. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, fourfoldFfn, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { refuseCrossAttention } from '../refuse.ts'

const defaults = {
  vocab_size: 50257,
  n_positions: 1024,
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  tie_word_embeddings: true,
}

/** Old configs say it once more as `n_ctx`, which makes no positions. */
function lengthOf(c: Reader): number {
  c.ignore('n_ctx')
  return c.count(c.names('max_position_embeddings') ? 'max_position_embeddings' : 'n_positions')
}

function build(c: Reader, settings: object = {}) {
  refuseCrossAttention(c)
  c.ignore('num_key_value_heads')
  const shape = heads(c, { split: true, grouped: false })
  const mixer = attention(c, { heads: shape, bias: 'qkvo', position: null, ...settings })
  return decoder(c, preNorm(norms.layer, mixer, fourfoldFfn(c, { bias: true })), {
    positions: block('learned-positions', {}),
    final_norm: norms.layer,
    max_context: lengthOf(c),
  })
}

export const gpt2: Family = { types: ['gpt2', 'gpt-sw3'], defaults, build: (c) => build(c) }

/** One key-value head for all, unless the flag is off. */
export const gpt_bigcode: Family = {
  defaults: { ...defaults, multi_query: true },
  build: (c) => build(c, c.flag('multi_query') ? { n_kv_heads: 1 } : {}),
}
