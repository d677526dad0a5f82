/** MPT: ALiBi, no biases, norms that only scale. */
import { ArchcostError } from '../../architecture/errors.ts'
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, heads, norms } from '../parts.ts'

export const mpt: Family = {
  defaults: {
    vocab_size: 50368,
    hidden_size: 2048,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    max_position_embeddings: 2048,
    no_bias: true,
    learned_pos_emb: true,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const own = c.object('attn_config')
    if (!c.flag('no_bias'))
      throw new ArchcostError(
        'unsupported',
        'which biases such a model has is not settled; only models without are read',
        'no_bias',
      )
    if (own?.flag('qk_ln'))
      throw new ArchcostError(
        'unsupported',
        'norms on queries and keys of this family are not modelled',
        'attn_config.qk_ln',
      )
    const has_alibi = own?.flag('alibi', true) ?? true
    if (has_alibi) c.ignore('learned_pos_emb')
    const one = own?.text('attn_type', 'multihead_attention') === 'multiquery_attention'
    const shared = one ? 1 : (own?.optionalCount('kv_n_heads') ?? null)
    own?.ignore(
      'attn_pdrop',
      'attn_impl',
      'clip_qkv',
      'softmax_scale',
      'prefix_lm',
      'attn_uses_sequence_id',
      'alibi_bias_max',
    )
    const mixer = attention(c, {
      heads: heads(c, { split: true }),
      ...(shared !== null && { n_kv_heads: shared }),
      position: has_alibi ? block('alibi', {}) : null,
    })
    const ffn = block('ffn', { ffn_ratio: c.number('expansion_ratio', 4) })
    return decoder(c, preNorm(norms.scale_only, mixer, ffn), {
      final_norm: norms.scale_only,
      ...(!has_alibi && c.flag('learned_pos_emb') && { positions: block('learned-positions', {}) }),
    })
  },
}
