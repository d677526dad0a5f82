/** Falcon: three layouts of a layer, told apart by flags. */
import { decoder, parallel, parallelTwoNorms, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, block, fourfoldFfn, heads, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary } from '../rope.ts'

export const falcon: Family = {
  types: ['falcon', 'RefinedWeb', 'RefinedWebModel'],
  defaults: {
    vocab_size: 65024,
    hidden_size: 4544,
    num_hidden_layers: 32,
    num_attention_heads: 71,
    max_position_embeddings: 2048,
    multi_query: true,
    parallel_attn: true,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const newer = c.flag('new_decoder_architecture')
    const bias = c.flag('bias')
    const { n_heads, d_head } = heads(c, { split: true, grouped: false })
    const n_kv_heads = newer
      ? c.count('num_key_value_heads', follows('num_attention_heads', n_heads))
      : c.flag('multi_query')
        ? 1
        : n_heads
    if (newer) c.ignore('multi_query')
    else c.ignore('num_kv_heads', 'n_head_kv', 'num_key_value_heads')
    const grouped = n_kv_heads !== n_heads
    const mixer = attention(c, {
      heads: { n_heads, n_kv_heads, d_head, said: grouped ? { n_kv_heads } : {} },
      bias: biasesIf(bias),
      // The library repeats keys and values for all heads before it caches them.
      ...(newer && grouped && { runtime_kv_heads: n_heads }),
      position: c.flag('alibi') ? block('alibi', {}) : rotary(c, d_head),
    })
    return decoder(c, layerOf(c, newer)(norms.layer, mixer, fourfoldFfn(c, { bias })), {
      final_norm: norms.layer,
    })
  },
}

function layerOf(c: Reader, newer: boolean) {
  const n_norms = c.count(
    'num_ln_in_parallel_attn',
    follows('new_decoder_architecture', newer ? 2 : 1),
  )
  if (newer && n_norms === 2) {
    c.ignore('parallel_attn')
    return parallelTwoNorms
  }
  return c.flag('parallel_attn') ? parallel : preNorm
}
