/** Yuan 2: convolutions over neighbours before queries and keys; in its mixture experts are chosen by an attention among them. */
import type { BlockUse } from '../../architecture/schema.ts'
import { decoder } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, block, gatedFfn, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'

function ffn(c: Reader): BlockUse {
  const own = c.object('moe_config')
  if (!c.flag('use_moe') || own === null) {
    own?.ignore(...own.keys())
    return gatedFfn(c)
  }
  c.ignore('intermediate_size')
  own.ignore('norm_topk_prob', 'gated_linear_unit', 'moe_intermediate_size')
  const attends = own.text('router_type', 'attn_router') === 'attn_router'
  return moe(c, {
    n_experts: own.count('moe_num_experts'),
    top_k: own.count('moe_top_k'),
    width: own.count('ffn_hidden_size'),
    ...(attends && { router_forms: 3 }),
  })
}

export const yuan: Family = {
  types: ['yuan', 'yuan2', 'yuan2_m32'],
  defaults: {
    ...llamaDefaults,
    vocab_size: 135040,
    hidden_size: 2048,
    intermediate_size: 8192,
    num_hidden_layers: 24,
    max_position_embeddings: 8192,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(...costless)
    const n_heads = c.count('num_attention_heads')
    const width =
      c.optionalCount('attention_projection_size') ??
      c.derive('attention_projection_size', 'hidden_size', c.count('hidden_size'))
    const d_head = width / n_heads
    const attend = attention(c, {
      heads: { n_heads, n_kv_heads: n_heads, d_head, said: { d_head } },
      position: rotary(c, d_head),
    })
    return decoder(c, [
      {
        name: 'mixer',
        before: norms.rms,
        blocks: [
          { ...block('localized-filtering', {}), name: 'filtering' },
          { ...attend, name: 'attention' },
        ],
      },
      { ...ffn(c), name: 'ffn', before: norms.rms },
    ])
  },
  unverified: true,
}

const costless = [
  'causal_mask',
  'dropout',
  'eod_token',
  'eod_token_id',
  'mask_token_id',
  'model_max_length',
  'num_key_value_heads',
  'output_router_logits',
  'reset_attention_mask',
  'reset_position_ids',
  'rotary_base',
  'rotary_percent',
  'sep_token',
  'use_flash_attention',
  'use_loss_mask',
  'use_rope_scaling',
  'use_yarn',
  'yarn_scale_factor',
  'attn_factor',
  'scaled_max_position_embeddings',
]
