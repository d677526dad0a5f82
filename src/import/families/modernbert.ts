/** ModernBERT: rotary positions, gated FFN, no biases, local attention in two layers of three. */
import { picks } from '../../architecture/layers.ts'
import type { Sublayer } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { activation, attention, block, heads, norms } from '../parts.ts'
import { rotary, type LayerKind } from '../rope.ts'
import { encoderOnly } from '../stacks.ts'
import { kindsOf } from '../windows.ts'

const thetas = {
  full_attention: 'global_rope_theta',
  sliding_attention: 'local_rope_theta',
  chunked_attention: 'local_rope_theta',
} as const satisfies Record<LayerKind, string>

export const modernbertDefaults = {
  vocab_size: 50368,
  hidden_size: 768,
  intermediate_size: 1152,
  num_hidden_layers: 22,
  num_attention_heads: 12,
  max_position_embeddings: 8192,
  global_attn_every_n_layers: 3,
  local_attention: 128,
  global_rope_theta: 160000,
  local_rope_theta: 10000,
  tie_word_embeddings: true,
  decoder_bias: true,
}

export const modernbert: Family = {
  labels: 'own',
  defaults: modernbertDefaults,
  build: (c) => {
    const n_layers = c.count('num_hidden_layers')
    const every = c.count('global_attn_every_n_layers')
    const reach = Math.floor(c.count('local_attention') / 2)
    const shape = heads(c, { split: true, grouped: false })
    const bias = c.flag('attention_bias') ? ('qkvo' as const) : ''
    const mixer = byKind(
      kindsOf(c, (layer) => layer % every !== 0, { from: 'global_attn_every_n_layers' }),
      (kind) =>
        attention(c, {
          heads: shape,
          bias,
          reach: kind === 'full_attention' ? null : reach,
          position: rotary(c, shape.d_head, { kind, theta_key: thetas[kind] }),
        }),
      { full_attention: { every } },
    )
    const norm = c.flag('norm_bias') ? norms.layer : norms.scale_only
    const ffn = block('gated-ffn', {
      d_ff: c.count('intermediate_size'),
      ffn_bias: c.flag('mlp_bias'),
      activation: activation(c, 'gelu'),
    })
    const scale = { block: 'layernorm', bias: c.flag('norm_bias') }
    return encoderOnly(
      c,
      {
        n_layers,
        input: [block('token-embedding', { vocab_size: c.count('vocab_size') }), scale],
        // The embedding is normalised already, so the first layer's attention has no norm before it.
        layer: [
          withoutFirstNorm({ ...mixer, name: 'mixer', before: norm }, n_layers),
          { ...ffn, name: 'ffn', before: norm },
        ],
        output: [
          scale,
          block('masked-lm-head', {
            ...(!c.flag('tie_word_embeddings') && { tied: 0 }),
            dense_bias: Number(c.flag('classifier_bias')),
            norm_bias: Number(c.flag('norm_bias')),
            head_bias: Number(c.flag('decoder_bias')),
          }),
        ],
      },
      c.count('max_position_embeddings'),
    )
  },
}

/** Layer 0 is as its kind says, but for the norm. */
export function withoutFirstNorm(mixer: Sublayer, n_layers: number): Sublayer {
  const own = mixer.except?.find(({ layers }) => picks(layers, 0, n_layers)) ?? {}
  return {
    ...mixer,
    except: [{ ...own, layers: { first: 1 }, before: null }, ...(mixer.except ?? [])],
  }
}
