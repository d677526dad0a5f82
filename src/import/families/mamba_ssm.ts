/** State spaces as the package of Mamba's authors saves them: a config that names no family, with the mixer in `ssm_cfg`. */
import type { BlockUse, Sublayer } from '../../architecture/schema.ts'
import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { any_length } from './mamba.ts'

/** Nothing that this file reads changes with them. */
const costless = [
  'residual_in_fp32',
  'fused_add_norm',
  'attn_cfg',
  'dt_min',
  'dt_max',
  'dt_init',
  'dt_scale',
  'dt_init_floor',
  'dt_limit',
  'A_init_range',
  'use_fast_path',
]

/** One state for each channel. */
function first(c: Reader, s: Reader): BlockUse {
  const said = s.letters('dt_rank') === 'auto' ? null : s.optionalCount('dt_rank')
  return block('mamba', {
    expand: s.number('expand', 2),
    d_state: s.count('d_state', 16),
    d_conv: s.count('d_conv', 4),
    dt_rank: said ?? Math.ceil(c.count('hidden_size') / 16),
    conv_bias: s.flag('conv_bias', true),
    proj_bias: s.flag('bias'),
  })
}

/** One state for each head. */
const second = (s: Reader): BlockUse =>
  block('mamba2', {
    expand: s.number('expand', 2),
    head_size: s.count('headdim', 64),
    n_groups: s.count('ngroups', 1),
    d_state: s.count('d_state', 128),
    d_conv: s.count('d_conv', 4),
    scan_chunk: s.count('chunk_size', 256),
    conv_bias: s.flag('conv_bias', true),
    proj_bias: s.flag('bias'),
  })

/** Gated, and as wide as said up to a multiple of 128. */
function ffnOf(c: Reader): Sublayer[] {
  const width = c.count('d_intermediate', 0, 0)
  if (width === 0) return []
  const d_ff = 128 * Math.ceil(width / 128)
  return [{ ...block('gated-ffn', { d_ff }), name: 'ffn', before: norms.rms }]
}

/** The rows of the table are filled up to a multiple. */
export const mamba_ssm: Family = {
  defaults: {
    hidden_size: 2560,
    num_hidden_layers: 64,
    vocab_size: 50277,
    pad_vocab_size_multiple: 8,
    rms_norm: true,
    tie_embeddings: true,
  },
  build: (c) => {
    if ((c.numbers('attn_layer_idx') ?? []).length > 0)
      throw c.unsupported(
        'attn_layer_idx',
        'names layers of attention, whose keys pass a convolution that is not modelled',
      )
    c.ignore(...costless)
    const s = c.part('ssm_cfg', {})
    s.ignore(...costless)
    const layer = s.text('layer', 'Mamba1')
    if (layer !== 'Mamba1' && layer !== 'Mamba2')
      throw s.unsupported('layer', `is "${layer.slice(0, 40)}"; Mamba1 or Mamba2 is expected`)
    const mixer = layer === 'Mamba1' ? first(c, s) : second(s)
    const norm = c.flag('rms_norm') ? norms.rms : norms.layer
    const multiple = c.count('pad_vocab_size_multiple')
    const rows = c.count('vocab_size')
    return decoder(c, [{ ...mixer, name: 'mixer', before: norm }, ...ffnOf(c)], {
      final_norm: norm,
      more_words: multiple * Math.ceil(rows / multiple) - rows,
      tied: c.flag('tie_embeddings'),
      max_context: any_length,
    })
  },
}
