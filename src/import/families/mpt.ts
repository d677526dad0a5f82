/** MPT: ALiBi, no biases, norms that only scale. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'

export const mpt: Family = {
  defaults: {
    vocab_size: 50368,
    hidden_size: 2048,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    max_position_embeddings: 2048,
    no_bias: true,
    tie_word_embeddings: true,
  },
  build: (c) => {
    noteUnread(c)
    const mixer = attention(c, {
      heads: heads(c, { split: true, grouped: false }),
      position: block('alibi', {}),
    })
    const ffn = block('ffn', {})
    return decoder(c, preNorm(norms.scale_only, mixer, ffn), { final_norm: norms.scale_only })
  },
}

/** The training code knew more variants than the model code that reads the config, which has one alone. */
function noteUnread(c: Reader): void {
  const own = c.object('attn_config')
  const shared = own?.optionalCount('kv_n_heads') ?? null
  const unread = {
    no_bias: !c.flag('no_bias'),
    expansion_ratio: c.number('expansion_ratio', 4) !== 4,
    'attn_config.qk_ln': own?.flag('qk_ln'),
    'attn_config.alibi': own?.flag('alibi', true) === false,
    'attn_config.attn_type': own?.text('attn_type', usual) !== usual,
    'attn_config.kv_n_heads': shared !== null && shared !== c.count('num_attention_heads'),
  }
  for (const [key, differs] of Object.entries(unread))
    if (differs)
      c.log.note(
        'warning',
        `${key} asks for a variant that the model code of this family does not have; it is not counted.`,
      )
  c.ignore('learned_pos_emb')
  own?.ignore(
    'attn_pdrop',
    'attn_impl',
    'clip_qkv',
    'softmax_scale',
    'prefix_lm',
    'attn_uses_sequence_id',
    'alibi_bias_max',
  )
}

const usual = 'multihead_attention'
