/** OLMo Hybrid: gated DeltaNet under norms before, attention in every fourth layer with OLMo's norms after. */
import { countLayers, decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, biasesIf, block, gatedFfn, heads, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'

type Kind = 'full_attention' | 'linear_attention'

/** Every fourth layer attends, at least the last one. */
function kindsOf(c: Reader): Kind[] {
  const n_layers = countLayers(c)
  const attends = (layer: number): boolean =>
    layer % 4 === 3 || (n_layers < 4 && layer === n_layers - 1)
  const said = c.kinds('layer_types', n_layers, {
    from: 'num_hidden_layers',
    kind: (layer) => (attends(layer) ? 'full_attention' : 'linear_attention'),
  })
  return said.map((kind): Kind => {
    if (kind === 'full_attention' || kind === 'linear_attention') return kind
    throw c.wrong(
      'layer_types',
      `names "${kind.slice(0, 40)}"; full_attention or linear_attention is expected`,
    )
  })
}

/** Published models do without positions, and say so by a base that is null. */
function turns(c: Reader): boolean {
  const own = c.object('rope_scaling')
  const has_base = (own?.has('rope_theta') ?? false) || c.has('rope_theta')
  if (!has_base) own?.ignore('rope_type', 'rope_theta')
  return has_base
}

function deltaNet(c: Reader, n_heads: number) {
  const n_k_heads = c.count('linear_num_key_heads', follows('num_attention_heads', n_heads))
  const d_k = c.count(
    'linear_key_head_dim',
    follows(
      '0.75 * hidden_size / linear_num_key_heads',
      Math.trunc((0.75 * c.count('hidden_size')) / n_k_heads),
    ),
  )
  return block('gated-delta-net', {
    n_k_heads,
    n_v_heads: c.count('linear_num_value_heads', follows('num_attention_heads', n_heads)),
    d_k,
    d_v: c.count('linear_value_head_dim', follows('2 * linear_key_head_dim', 2 * d_k)),
    d_conv: c.count('linear_conv_kernel_dim'),
  })
}

export const olmo_hybrid: Family = {
  defaults: {
    vocab_size: 100352,
    hidden_size: 3840,
    intermediate_size: 11008,
    num_hidden_layers: 32,
    num_attention_heads: 30,
    max_position_embeddings: 65536,
    linear_conv_kernel_dim: 4,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore(...costless)
    const kinds = kindsOf(c)
    const shape = heads(c, { split: true })
    const mixer = attention(c, {
      heads: shape,
      bias: biasesIf(c.flag('attention_bias')),
      qk_norm: 'full',
      ...(!turns(c) && { position: null }),
    })
    const after = { before: null, after: norms.rms }
    const before = { before: norms.rms, after: null }
    const body = byKind(kinds, (kind) =>
      kind === 'full_attention'
        ? { ...mixer, ...after }
        : { ...deltaNet(c, shape.n_heads), ...before },
    )
    const ffn = byKind(kinds, (kind) => ({
      ...gatedFfn(c),
      ...(kind === 'full_attention' ? after : before),
    }))
    return decoder(c, [
      { name: 'mixer', ...body },
      { name: 'ffn', ...ffn },
    ])
  },
}

const costless = [
  'linear_a_log_min',
  'linear_a_log_max',
  'linear_dt_min',
  'linear_dt_max',
  'linear_dt_init_floor',
  'linear_allow_neg_eigval',
]
