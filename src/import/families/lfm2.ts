/** LFM2: short convolutions with a few layers of attention between, dense or with experts after the first layers. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import { attention, block, gatedFfn, heads, moe, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary } from '../rope.ts'

type Kind = 'attention' | 'conv'

function kindsOf(c: Reader): Kind[] {
  const n_layers = countLayers(c)
  const all = Array.from({ length: n_layers }, (_, layer) => layer)
  const attending = c.has('layer_types')
    ? all
    : c.numbers('full_attn_idxs', follows('num_hidden_layers', all))
  c.ignore('full_attn_idxs')
  const said = c.kinds('layer_types', n_layers, {
    from: 'full_attn_idxs',
    kind: (layer) => (attending.includes(layer) ? 'full_attention' : 'conv'),
  })
  return said.map((kind) => {
    if (kind === 'full_attention') return 'attention'
    if (kind === 'conv' || kind === 'short_conv') return 'conv'
    throw c.wrong('layer_types', `names "${kind.slice(0, 40)}"; full_attention or conv is expected`)
  })
}

function mixer(c: Reader): Layered {
  c.ignore(...costless)
  const shape = heads(c)
  const position = rotary(c, shape.d_head)
  const d_conv = c.count('conv_L_cache')
  const conv_bias = c.flag('conv_bias')
  return byKind(kindsOf(c), (kind) =>
    kind === 'attention'
      ? attention(c, { heads: shape, qk_norm: 'shared', position })
      : block('short-convolution', { d_conv, conv_bias }),
  )
}

/** Two thirds of the width that the config names, scaled, and rounded up to a multiple. */
function adjustedWidth(c: Reader): number {
  if (c.has('block_ff_dim')) c.ignore('intermediate_size')
  const width =
    c.optionalCount('block_ff_dim') ??
    c.derive('block_ff_dim', 'intermediate_size', c.count('intermediate_size'))
  if (!c.flag('block_auto_adjust_ff_dim')) return width
  const scale = c.number('block_ffn_dim_multiplier', 1)
  const multiple = c.count('block_multiple_of')
  return multiple * Math.ceil(Math.trunc(scale * Math.trunc((2 * width) / 3)) / multiple)
}

/** The first configs say it under another name, which wins. */
const tied = (c: Reader): boolean =>
  c.flag(c.mentions('tie_embedding') ? 'tie_embedding' : 'tie_word_embeddings')

const costless = [
  'block_dim',
  'block_mlp_init_scale',
  'block_out_init_scale',
  'block_use_swiglu',
  'block_use_xavier_init',
  'conv_dim',
  'conv_dim_out',
  'conv_use_xavier_init',
  'num_heads',
  'theta',
  'use_expert_bias',
  'use_pos_enc',
]

const shared = {
  vocab_size: 65536,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  max_position_embeddings: 128000,
  conv_L_cache: 3,
  rope_theta: 1000000,
  tie_word_embeddings: true,
}

export const lfm2: Family = {
  defaults: {
    ...shared,
    hidden_size: 2560,
    intermediate_size: 12288,
    block_auto_adjust_ff_dim: true,
    block_ffn_dim_multiplier: 1,
    block_multiple_of: 256,
  },
  build: (c) => {
    const ffn = gatedFfn(c, { width: adjustedWidth(c) })
    return decoder(c, preNorm(norms.rms, mixer(c), ffn), { tied: tied(c) })
  },
}

export const lfm2_moe: Family = {
  defaults: {
    ...shared,
    hidden_size: 2048,
    intermediate_size: 7168,
    moe_intermediate_size: 1792,
    num_dense_layers: 2,
    num_local_experts: 32,
    num_experts_per_tok: 4,
  },
  build: (c) => {
    const n_layers = countLayers(c)
    const first = Math.min(c.count('num_dense_layers', 0, 0), n_layers)
    const ffn = byKind(
      denseOrSparse(n_layers, (layer) => layer >= first),
      (kind) => (kind === 'dense' ? gatedFfn(c) : moe(c)),
      first > 0 ? { dense: { first } } : {},
    )
    return decoder(c, preNorm(norms.rms, mixer(c), ffn), { tied: tied(c) })
  },
}
