/** Families of the library Flash Linear Attention: a linear recurrence and a gated FFN, with attention in some layers at most. */
import type { Architecture, BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, block, gatedFfn, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary } from '../rope.ts'

/** Widths of hidden layers are rounded up to a multiple of it. */
const step = 256

const shared = {
  vocab_size: 32000,
  hidden_size: 2048,
  num_hidden_layers: 24,
  max_position_embeddings: 2048,
  hidden_ratio: 4,
  expand_k: 1,
  expand_v: 1,
  use_short_conv: false,
  conv_size: 4,
  tie_word_embeddings: false,
}

const costless = [
  'attn_mode',
  'clamp_min',
  'clamp_max',
  'conv_bias',
  'elementwise_affine',
  'exapnd_k',
  'exapnd_v',
  'feature_map',
  'fuse_cross_entropy',
  'fuse_linear_cross_entropy',
  'fuse_norm',
  'fuse_swiglu',
  'gate_logit_normalizer',
  'qk_activation',
  'qk_norm',
  'use_l2warp',
  'use_norm',
  'allow_neg_eigval',
]

/** Attention in the layers that `attn` lists. */
function withAttention(c: Reader, recurrence: BlockUse): Layered {
  const own = c.object('attn')
  const listed = own?.numbers('layers') ?? []
  if (own === null || listed.length === 0) return recurrence
  const kinds = Array.from({ length: countLayers(c) }, (_, layer) =>
    listed.includes(layer) ? 'attention' : 'recurrence',
  )
  const n_heads = own.count('num_heads')
  const d_head = c.count('hidden_size') / n_heads
  const said = { n_kv_heads: own.count('num_kv_heads', follows('attn.num_heads', n_heads)), d_head }
  return byKind(kinds, (kind) =>
    kind === 'recurrence'
      ? recurrence
      : attention(c, {
          heads: { n_heads, ...said, said },
          bias: own.flag('qkv_bias') ? 'qkv' : '',
          window: own.optionalCount('window_size'),
          position: rotary(c, d_head, { theta: own.number('rope_theta', 10000) }),
        }),
  )
}

function build(c: Reader, recurrence: BlockUse): Architecture {
  c.ignore(...costless)
  const ratio = c.number('hidden_ratio')
  const usual = Math.ceil(Math.trunc((c.count('hidden_size') * ratio * 2) / 3) / step) * step
  const width = c.count('intermediate_size', follows('hidden_size * hidden_ratio * 2 / 3', usual))
  return decoder(c, preNorm(norms.rms, withAttention(c, recurrence), gatedFfn(c, { width })))
}

const widths = (c: Reader) => ({
  d_key: Math.trunc(c.count('hidden_size') * c.number('expand_k')),
  d_value: Math.trunc(c.count('hidden_size') * c.number('expand_v')),
})

const convolution = (c: Reader): number => {
  const width = c.count('conv_size')
  return c.flag('use_short_conv') ? width : 0
}

const grouped = (c: Reader) => {
  const n_heads = c.count('num_heads')
  return { n_heads, n_kv_heads: c.count('num_kv_heads', follows('num_heads', n_heads)) }
}

/** The library's model does not hand its convolutions on to the layers. */
export const retnet: Family = {
  defaults: { ...shared, num_heads: 8, expand_v: 2, hidden_ratio: 2, use_output_gate: true },
  build: (c) => {
    c.ignore('use_short_conv', 'conv_size')
    const output_gate = Number(c.flag('use_output_gate'))
    return build(
      c,
      block('retention', { ...grouped(c), ...widths(c), head_norm: true, output_gate }),
    )
  },
}

export const gla: Family = {
  defaults: { ...shared, num_heads: 4, expand_k: 0.5, use_output_gate: true, use_gk: true },
  build: (c) => {
    c.ignore('use_gk', 'use_gv', 'gate_fn')
    return build(
      c,
      block('gated-linear-attention', {
        ...grouped(c),
        ...widths(c),
        output_gate: Number(c.flag('use_output_gate')),
        d_conv: convolution(c),
      }),
    )
  },
}

export const gsa: Family = {
  defaults: { ...shared, num_heads: 4, num_slots: 64 },
  build: (c) => {
    c.ignore('use_output_gate')
    const width = c.count('hidden_size')
    const shape = grouped(c)
    const d_head = Math.trunc((width * c.number('expand_k')) / shape.n_heads)
    return build(
      c,
      block('gated-slot-attention', {
        ...shape,
        ...widths(c),
        n_slots: c.count('num_slots', follows('hidden_size / num_heads', d_head)),
        d_conv: convolution(c),
      }),
    )
  },
}

export const delta_net: Family = {
  defaults: {
    ...shared,
    num_heads: 16,
    use_short_conv: true,
    use_beta: true,
    use_gate: false,
  },
  build: (c) => {
    c.ignore('num_kv_heads', 'use_output_norm', 'use_elu', 'chunk_size')
    return build(
      c,
      block('delta-net', {
        n_heads: c.count('num_heads'),
        ...widths(c),
        rate: Number(c.flag('use_beta')),
        output_gate: c.flag('use_gate'),
        d_conv: convolution(c),
      }),
    )
  },
}
