/** MiMo-V2: sliding layers have heads, bases and sinks of their own; values are narrower than keys. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import { attention, biasesIf, gatedFfn, moe, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary, type LayerKind } from '../rope.ts'
import { kindsOf, windowSize } from '../windows.ts'

function mixer(c: Reader): Layered {
  const slides = c.marks('hybrid_layer_pattern', countLayers(c), {
    from: 'num_hidden_layers',
    kind: (layer) => layer !== 0 && (layer + 1) % 6 !== 0,
  })
  const window = windowSize(c)
  const bias = biasesIf(c.flag('attention_bias'), 'qkv')
  c.ignore('attention_chunk_size', 'attention_value_scale')
  return byKind(
    kindsOf(c, (layer) => slides[layer]!, { from: 'hybrid_layer_pattern' }),
    (kind) => {
      const { n_heads, n_kv_heads, d_head, d_v } = shapeOf(c, kind)
      const full = kind === 'full_attention'
      const sinks = full
        ? c.flag('add_full_attention_sink_bias')
        : c.flag('add_swa_attention_sink_bias', true)
      const position = rotary(c, d_head, { kind, ...(!full && { theta_key: 'swa_rope_theta' }) })
      const said = { n_kv_heads, d_head }
      return attention(c, {
        heads: { n_heads, n_kv_heads, d_head, said },
        d_v,
        bias,
        sink_logits: sinks ? 1 : 0,
        window: full ? null : window,
        position,
      })
    },
  )
}

function shapeOf(c: Reader, kind: LayerKind) {
  const full = {
    n_heads: c.count('num_attention_heads'),
    n_kv_heads: c.count('num_key_value_heads'),
    d_head: c.count('head_dim'),
    d_v: c.count('v_head_dim'),
  }
  if (kind === 'full_attention') return full
  return {
    n_heads: c.count('swa_num_attention_heads', follows('num_attention_heads', full.n_heads)),
    n_kv_heads: c.count(
      'swa_num_key_value_heads',
      follows('2 * num_key_value_heads', 2 * full.n_kv_heads),
    ),
    d_head: c.count('swa_head_dim', follows('head_dim', full.d_head)),
    d_v: c.count('swa_v_head_dim', follows('v_head_dim', full.d_v)),
  }
}

function ffn(c: Reader): Layered {
  const n_layers = countLayers(c)
  const sparse = c.marks('moe_layer_freq', n_layers, {
    from: 'num_hidden_layers',
    kind: (layer) => layer !== 0,
  })
  const said = c.kinds('mlp_layer_types', n_layers, {
    from: 'moe_layer_freq',
    kind: (layer) => (sparse[layer]! ? 'sparse' : 'dense'),
  })
  const kinds = denseOrSparse(n_layers, (layer) => said[layer] !== 'dense')
  const width = c.count('moe_intermediate_size')
  return byKind(kinds, (kind) =>
    kind === 'dense'
      ? gatedFfn(c)
      : moe(c, { width, shared: c.count('n_shared_experts', 0, 0) * width }),
  )
}

export const mimo_v2_flash: Family = {
  types: ['mimo_v2_flash', 'MiMoV2Flash'],
  prediction: { slides: true, dense: true },
  defaults: {
    vocab_size: 152576,
    hidden_size: 4096,
    intermediate_size: 16384,
    num_hidden_layers: 48,
    num_attention_heads: 64,
    num_key_value_heads: 4,
    head_dim: 192,
    v_head_dim: 128,
    max_position_embeddings: 131072,
    moe_intermediate_size: 2048,
    num_experts_per_tok: 8,
    num_local_experts: 256,
    sliding_window: 128,
    rope_theta: 5000000,
    swa_rope_theta: 10000,
    partial_rotary_factor: 0.334,
    tie_word_embeddings: false,
  },
  build: (c) => decoder(c, preNorm(norms.rms, mixer(c), ffn(c))),
}
