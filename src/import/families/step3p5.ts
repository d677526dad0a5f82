/** Step 3.5: gated attention, sliding layers with heads of their own, a base and a turned share for each layer. */
import { ArchcostError } from '../../architecture/errors.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import { attention, biasesIf, gatedFfn, moe, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { kindsOf, windowSize } from '../windows.ts'

function mixer(c: Reader): Layered {
  const n_layers = countLayers(c)
  const window = windowSize(c)
  // Around the later class's tower, which is the library's, the output has one as well.
  const bias = biasesIf(c.flag('attention_bias'), c.flag('o_proj_bias') ? 'qkvo' : 'qkv')
  const head_gates = c.flag('use_head_wise_attn_gate', true) ? 1 : 0
  // Newer configs give each kind of layers parameters of its own.
  const by_kind = c.object('rope_scaling')?.holdsObjects() === true
  const thetas = by_kind ? [] : c.perLayer('rope_theta', n_layers, 10000)
  const shares = by_kind
    ? []
    : c.numbers(
        'partial_rotary_factors',
        follows(
          'num_hidden_layers',
          Array.from({ length: n_layers }, () => 1),
        ),
      )
  const turns = c.marks('use_rope_layers', n_layers, {
    from: 'num_hidden_layers',
    kind: () => true,
  })
  const scaled = c.texts('yarn_only_types', [])
  const layers = kindsOf(c, (layer) => layer % 2 === 0).map((kind, layer) => ({
    kind,
    theta: thetas[layer],
    share: shares[layer] ?? 1,
    turns: turns[layer]!,
  }))
  const known = new Map(layers.map((layer) => [JSON.stringify(layer), layer]))
  return byKind(
    layers.map((layer) => JSON.stringify(layer)),
    (name) => {
      const { kind, theta, share, turns: is_turned } = known.get(name)!
      const { n_heads, ...said } = shapeOf(c, kind)
      const d_rot = Math.trunc(said.d_head * share)
      const is_scaled = scaled.length === 0 || scaled.includes(kind)
      return attention(c, {
        heads: { n_heads, ...said, said },
        bias,
        qk_norm: 'shared',
        head_gates,
        window: kind === 'full_attention' ? null : window,
        position: is_turned
          ? rotary(
              c,
              said.d_head,
              theta === undefined ? { kind } : { kind, theta, d_rot, scaled: is_scaled },
            )
          : null,
      })
    },
  )
}

/** Heads of one kind of layers may be said apart. */
function shapeOf(c: Reader, kind: string) {
  const other = c.object('attention_other_setting')
  other?.ignore('true_head_dim')
  const usual = {
    n_heads:
      kind === 'sliding_attention' && c.has('num_sliding_attention_heads')
        ? c.count('num_sliding_attention_heads')
        : c.count('num_attention_heads'),
    n_kv_heads: c.count('num_key_value_heads'),
    d_head: c.count('head_dim'),
  }
  if (other?.text('attention_type', '') !== kind) return usual
  return {
    n_heads: other.count('num_attention_heads', follows('num_attention_heads', usual.n_heads)),
    n_kv_heads: other.count(
      'num_key_value_heads',
      follows('num_attention_groups', usual.n_kv_heads),
    ),
    d_head: other.count('head_dim', follows('head_dim', usual.d_head)),
  }
}

/** Layers with experts, as "3,4,5,..."; all but the first unless said. */
function sparseLayers(c: Reader): (layer: number) => boolean {
  if (c.has('mlp_layer_types')) {
    const kinds = c.kinds('mlp_layer_types', countLayers(c), null)
    return (layer) => kinds[layer] === 'sparse'
  }
  const said = c.letters('moe_layers_enum')
  if (said === null) {
    const all = Array.from({ length: countLayers(c) - 1 }, (_, layer) => layer + 1)
    c.derive('moe_layers_enum', 'num_hidden_layers', all.join(','))
    return (layer) => layer > 0
  }
  const layers = said.split(',').map(Number)
  if (layers.some((layer) => !Number.isInteger(layer)))
    throw new ArchcostError(
      'invalid_config',
      `is "${said.slice(0, 40)}"; layers such as "3,4,5" are expected`,
      'moe_layers_enum',
    )
  return (layer) => layers.includes(layer)
}

function ffn(c: Reader): Layered {
  const kinds = denseOrSparse(countLayers(c), sparseLayers(c))
  const bias = c.flag('mlp_bias')
  return byKind(kinds, (kind) =>
    kind === 'dense'
      ? gatedFfn(c, { bias })
      : // The router's correction is stored among the parameters.
        moe(c, {
          shared: c.count('share_expert_dim'),
          shared_bias: bias,
          router_bias: c.flag('use_moe_router_bias'),
        }),
  )
}

export const step3p5: Family = {
  prediction: { slides: true, dense: true },
  defaults: {
    vocab_size: 128896,
    hidden_size: 4096,
    intermediate_size: 11264,
    num_hidden_layers: 45,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 262144,
    num_local_experts: 288,
    num_experts_per_tok: 8,
    moe_intermediate_size: 1280,
    share_expert_dim: 1280,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore(...costless)
    return decoder(c, preNorm(norms.rms, mixer(c), ffn(c)))
  },
}

const costless = [
  'mtp_layer_types',
  'mtp_mlp_layer_types',
  'num_sliding_attention_heads',
  'per_layer_config',
  'query_pre_attn_scalar',
  'att_impl_type',
  'moe_every_n_layer',
  'moe_layer_offset',
  'moe_router_activation',
  'moe_router_scaling_factor',
  'need_fp32_gate',
  'norm_expert_weight',
  'sink',
  'swiglu_limits',
  'swiglu_limits_shared',
  'use_moe',
  'zero_centered',
]
