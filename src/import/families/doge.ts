/** Doge: attention to the tokens whose values score best, and experts found by product keys. */
import type { BlockUse, Sublayer } from '../../architecture/schema.ts'
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { block, gatedFfn, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'

const ffn = (c: Reader): BlockUse => {
  const bias = c.flag('mlp_bias')
  if (c.flag('is_moe'))
    return block('product-key-experts', {
      n_experts: c.count('num_local_experts'),
      top_k: c.count('num_experts_per_tok'),
      d_ff_shared: c.count('intermediate_size'),
      shared_bias: bias,
    })
  c.ignore('num_experts', 'num_experts_per_tok', 'norm_topk_prob')
  return gatedFfn(c, { bias })
}

export const doge: Family = {
  defaults: {
    vocab_size: 32768,
    hidden_size: 1024,
    intermediate_size: 2048,
    num_hidden_layers: 32,
    num_attention_heads: 8,
    max_position_embeddings: 2048,
    keep_window_size: 2048,
    num_local_experts: 16384,
    num_experts_per_tok: 64,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const { n_heads, n_kv_heads, d_head, said } = heads(c)
    const mixer = block('dynamic-mask-attention', {
      n_heads,
      n_kv_heads,
      ...said,
      bias: c.flag('attention_bias'),
      keep: c.count('keep_window_size'),
      position: rotary(c, d_head),
    })
    // What goes around each sublayer is scaled channel by channel.
    const scale = (name: string): Sublayer => ({ ...block('learned-scale', {}), name })
    const [first, second] = preNorm(norms.rms, mixer, ffn(c))
    return decoder(c, [first!, scale('mixer_scale'), second!, scale('ffn_scale')])
  },
}
