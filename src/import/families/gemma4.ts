/** Gemma 4: full layers have heads of their own, values may be the keys, experts may stand beside the FFN. */
import type { Sublayer } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { activation, attention, biasesIf, block, gatedFfn, moe, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary, type LayerKind } from '../rope.ts'
import { allButEvery, everyLast, kindsOf, windowSize } from '../windows.ts'

const period = 6

/** The last layers use keys and values of earlier ones. */
function firstShared(c: Reader): number {
  const n_layers = countLayers(c)
  const shared = c.count('num_kv_shared_layers', 0, 0)
  if (shared < n_layers) return n_layers - shared
  throw c.wrong(
    'num_kv_shared_layers',
    `is ${shared}, but of ${n_layers} layers some must have their own`,
  )
}

function mixer(c: Reader): Layered {
  const window = windowSize(c)
  const bias = biasesIf(c.flag('attention_bias'))
  const n_heads = c.count('num_attention_heads')
  const local = { n_kv_heads: c.count('num_key_value_heads'), d_head: c.count('head_dim') }
  const keys_are_values = c.flag('attention_k_eq_v')
  if (!keys_are_values) c.ignore('num_global_key_value_heads')
  const full = {
    n_kv_heads: keys_are_values
      ? c.count('num_global_key_value_heads', follows('num_key_value_heads', local.n_kv_heads))
      : local.n_kv_heads,
    d_head: c.count('global_head_dim'),
  }
  const last = countLayers(c) - 1
  const kinds = kindsOf(c, (layer) => layer !== last && allButEvery(period)(layer))
  // The last layer sees everything, whatever the list says.
  kinds[kinds.length - 1] = 'full_attention'
  const first = firstShared(c)
  const uses = kinds.map((kind, layer) => (layer < first ? kind : (`${kind} shared` as const)))
  const listed = c.has('layer_types') || first < kinds.length
  return byKind(
    uses,
    (use) => {
      const [kind, shared] = use.split(' ') as [LayerKind, string?]
      const slides = kind !== 'full_attention'
      const said = slides ? local : full
      return attention(c, {
        heads: { n_heads, ...said, said },
        bias,
        qk_norm: 'shared',
        window: slides ? window : null,
        value_is_key: keys_are_values && !slides ? 1 : 0,
        kv_shared: shared ? 1 : 0,
        position: rotary(c, said.d_head, { kind }),
      })
    },
    listed ? {} : { full_attention: everyLast(period) },
  )
}

/** Twice as wide, by choice, where keys and values are shared. */
function dense(c: Reader): Layered {
  const width = c.count('intermediate_size')
  const first = firstShared(c)
  const n_layers = countLayers(c)
  const by = activation(c, 'gelu')
  if (!c.flag('use_double_wide_mlp') || first === n_layers)
    return gatedFfn(c, { width, activation: by })
  const kinds = Array.from({ length: n_layers }, (_, layer) => (layer < first ? 'own' : 'shared'))
  return byKind(kinds, (kind) =>
    gatedFfn(c, { width: kind === 'own' ? width : 2 * width, activation: by }),
  )
}

/** The dense FFN, and experts beside it with norms of their own. */
function ffn(c: Reader): Sublayer {
  if (!c.flag('enable_moe_block')) {
    c.ignore('num_experts', 'top_k_experts', 'moe_intermediate_size')
    return { name: 'ffn', before: norms.rms, after: norms.rms, ...dense(c) }
  }
  const n_experts = c.count('num_local_experts')
  // Its router has a scale for every dimension and for every expert.
  const router_params = c.count('hidden_size') + n_experts
  const by = activation(c, 'gelu')
  const experts = moe(c, { n_experts, router_params, activation: by })
  const own = { before: norms.rms, after: norms.rms }
  return {
    name: 'ffn',
    after: norms.rms,
    blocks: [
      { ...gatedFfn(c, { activation: by }), name: 'dense', ...own },
      { ...experts, name: 'experts', ...own },
    ],
  }
}

/** Small models look up a short vector for every layer. */
function perLayer(c: Reader): { inputs: ReturnType<typeof block>[]; layer: Sublayer[] } {
  const d_per_layer = c.count('hidden_size_per_layer_input', 0, 0)
  if (d_per_layer === 0) {
    c.ignore('vocab_size_per_layer_input')
    return { inputs: [], layer: [] }
  }
  const per_layer_vocab = c.count('vocab_size_per_layer_input')
  return {
    inputs: [block('per-layer-embeddings', { per_layer_vocab, d_per_layer })],
    layer: [{ ...block('per-layer-input', { d_per_layer }), name: 'per-layer-input' }],
  }
}

export const gemma4_text: Family = {
  defaults: {
    vocab_size: 262144,
    hidden_size: 2304,
    intermediate_size: 9216,
    num_hidden_layers: 30,
    num_attention_heads: 8,
    num_key_value_heads: 4,
    head_dim: 256,
    global_head_dim: 512,
    hidden_act: 'gelu_pytorch_tanh',
    max_position_embeddings: 131072,
    sliding_window: 512,
    vocab_size_per_layer_input: 262144,
    hidden_size_per_layer_input: 256,
    rope_scaling: {
      sliding_attention: { rope_type: 'default', rope_theta: 10000 },
      full_attention: {
        rope_type: 'proportional',
        partial_rotary_factor: 0.25,
        rope_theta: 1000000,
      },
    },
    tie_word_embeddings: true,
  },
  build: (c) => {
    // Counts where there are images, and so is acted on beside the tower.
    c.letters('use_bidirectional_attention')
    const { inputs, layer } = perLayer(c)
    const [attend] = preNorm(norms.rms, mixer(c), {})
    return decoder(c, [{ ...attend!, after: norms.rms }, ffn(c), ...layer], { inputs })
  },
}
