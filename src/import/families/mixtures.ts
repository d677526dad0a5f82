/** Mixtures of experts that stand alone: DBRX, dots.llm1, Hunyuan, MiniMax-M2. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, biasesIf, heads, moe, norms } from '../parts.ts'
import { refuseSharedKeys } from '../refuse.ts'
import { rotary } from '../rope.ts'
import { sliding } from '../windows.ts'
import { denseFirst, sharedExperts } from './deepseek.ts'

export const dots1: Family = {
  defaults: {
    vocab_size: 152064,
    hidden_size: 4608,
    intermediate_size: 10944,
    moe_intermediate_size: 1408,
    num_hidden_layers: 62,
    num_attention_heads: 32,
    num_key_value_heads: 32,
    first_k_dense_replace: 0,
    max_position_embeddings: 2048,
    sliding_window: 4096,
    max_window_layers: 62,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const first = c.count('max_window_layers', 0, 0)
    const mixer = sliding(c, (layer) => layer >= first, {
      from: 'max_window_layers',
      bias: biasesIf(c.flag('attention_bias')),
      qk_norm: 'shared',
    })
    return decoder(
      c,
      preNorm(
        norms.rms,
        mixer,
        denseFirst(c, () => sharedExperts(c)),
      ),
    )
  },
}

/** Numbers may be lists with one for each layer; there is always one shared expert. */
export const hunyuan_v1_moe: Family = {
  types: ['hunyuan_v1_moe', 'hunyuan'],
  defaults: { ...llamaDefaults, vocab_size: 290943, num_local_experts: 1, num_experts_per_tok: 1 },
  build: (c) => {
    c.ignore(
      'use_qk_norm',
      'num_shared_expert',
      'moe_intermediate_size',
      'use_mixed_mlp_moe',
      'moe_drop_tokens',
      'moe_random_routing_dropped_token',
    )
    refuseSharedKeys(c)
    const n_layers = countLayers(c)
    const width = c.count('intermediate_size')
    const experts = c.perLayer('num_local_experts', n_layers)
    const used = c.perLayer('num_experts_per_tok', n_layers)
    const kinds = experts.map((n_experts, layer) => `${n_experts} ${used[layer]}`)
    const ffn = byKind(kinds, (kind) => {
      const [n_experts, top_k] = kind.split(' ').map(Number) as [number, number]
      return moe(c, { n_experts, top_k, width, shared: width })
    })
    return decoder(
      c,
      preNorm(
        norms.rms,
        attention(c, { bias: biasesIf(c.flag('attention_bias')), qk_norm: 'shared' }),
        ffn,
      ),
    )
  },
}

export const minimax_m2: Family = {
  defaults: {
    vocab_size: 200064,
    hidden_size: 3072,
    intermediate_size: 1536,
    num_hidden_layers: 62,
    num_attention_heads: 48,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 196608,
    num_experts_per_tok: 8,
    num_local_experts: 256,
    rope_theta: 5000000,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const shape = heads(c)
    c.ignore('use_qk_norm', 'qk_norm_type')
    const d_rot = c.optionalCount('rotary_dim')
    const position = rotary(c, shape.d_head, d_rot === null ? {} : { d_rot })
    if (d_rot === null)
      c.derive(
        'rotary_dim',
        'head_dim * partial_rotary_factor',
        position?.['d_rot'] ?? shape.d_head,
      )
    return decoder(
      c,
      preNorm(
        norms.rms,
        attention(c, { heads: shape, qk_norm: 'full', position }),
        moe(c, { width: c.count('intermediate_size') }),
      ),
    )
  },
}

/** Attention and FFN have objects of their own. */
export const dbrx: Family = {
  defaults: {
    vocab_size: 32000,
    hidden_size: 2048,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    max_position_embeddings: 2048,
    attn_config: { kv_n_heads: 1, rope_theta: 10000 },
    ffn_config: { ffn_hidden_size: 3584, moe_num_experts: 4, moe_top_k: 1 },
    tie_word_embeddings: false,
  },
  build: (c) => {
    const [own, ffn] = [c.object('attn_config'), c.object('ffn_config')]
    if (own === null || ffn === null)
      throw c.wrong(own === null ? 'attn_config' : 'ffn_config', 'is null; an object is expected')
    own.ignore('attn_pdrop', 'clip_qkv')
    ffn.ignore(
      'ffn_act_fn',
      'moe_jitter_eps',
      'moe_loss_weight',
      'moe_normalize_expert_weights',
      'uniform_expert_assignment',
    )
    const { n_heads, d_head } = heads(c, { split: true, grouped: false })
    const n_kv_heads = own.count('kv_n_heads', 1)
    const position = {
      block: 'rotary',
      name: 'full_attention',
      theta: own.number('rope_theta', 10000),
    }
    const mixer = attention(c, {
      heads: { n_heads, n_kv_heads, d_head, said: { n_kv_heads } },
      position,
    })
    const experts = moe(c, {
      n_experts: ffn.count('moe_num_experts', 4),
      top_k: ffn.count('moe_top_k', 1),
      width: ffn.count('ffn_hidden_size', 3584),
    })
    return decoder(c, preNorm(norms.scale_only, mixer, experts), { final_norm: norms.scale_only })
  },
}
