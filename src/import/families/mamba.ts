/** Mamba, Falcon Mamba and Mamba-2: layers of one state space each, under one norm. */
import type { BlockUse } from '../../architecture/schema.ts'
import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { block, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'

/** Nothing in a state space limits its length; the longest that Mamba was tried on. */
export const any_length = 2 ** 20

/** A rank; undefined where the config leaves it to the width: "auto" or nothing. */
function rankOf(c: Reader, key: string): number | undefined {
  const said = c.letters(key) === 'auto' ? null : c.optionalCount(key)
  if (said !== null) return said
  c.derive(key, 'hidden_size / 16', Math.ceil(c.count('hidden_size') / 16))
  return undefined
}

export interface MambaKeys {
  expand: string
  rank: string
  state: string
  conv: string
  conv_bias: string
  proj_bias: string
}

const own: MambaKeys = {
  expand: 'expand',
  rank: 'time_step_rank',
  state: 'state_size',
  conv: 'conv_kernel',
  conv_bias: 'use_conv_bias',
  proj_bias: 'use_bias',
}

/** Keys of models that hold more than Mamba. */
export const prefixed: MambaKeys = {
  expand: 'mamba_expand',
  rank: 'mamba_dt_rank',
  state: 'mamba_d_state',
  conv: 'mamba_d_conv',
  conv_bias: 'mamba_conv_bias',
  proj_bias: 'mamba_proj_bias',
}

export function mambaBlock(
  c: Reader,
  keys: MambaKeys,
  settings: Record<string, unknown> = {},
): BlockUse {
  const { d_inner, ...others } = settings
  const expand = c.number(keys.expand)
  const widens = d_inner === undefined || d_inner === Math.trunc(expand * c.count('hidden_size'))
  return block('mamba', {
    ...(widens ? { expand } : { d_inner }),
    d_state: c.count(keys.state),
    d_conv: c.count(keys.conv),
    dt_rank: rankOf(c, keys.rank),
    conv_bias: c.flag(keys.conv_bias) ? undefined : 0,
    proj_bias: c.flag(keys.proj_bias),
    ...others,
  })
}

const singleMixer = (c: Reader, mixer: BlockUse) =>
  decoder(c, [{ ...mixer, name: 'mixer', before: norms.rms }], {
    max_context: c.count('max_position_embeddings', any_length),
  })

const costless = [
  'fused_add_norm',
  'hidden_act',
  'pad_vocab_size_multiple',
  'residual_in_fp32',
  'rms_norm',
  'ssm_cfg',
  'time_step_floor',
  'time_step_init_scheme',
  'time_step_limit',
  'time_step_max',
  'time_step_min',
  'time_step_scale',
  'norm_before_gate',
  'rescale_prenorm_residual',
  'd_inner',
]

const shared = {
  vocab_size: 50280,
  hidden_size: 768,
  num_hidden_layers: 32,
  state_size: 16,
  conv_kernel: 4,
  expand: 2,
  use_conv_bias: true,
  tie_word_embeddings: true,
}

/** Falcon Mamba norms time step, B and C as well, with nothing learned. */
export const mamba: Family = {
  types: ['mamba', 'falcon_mamba'],
  defaults: shared,
  build: (c) => {
    c.ignore(...costless)
    const usual = Math.trunc(c.number('expand') * c.count('hidden_size'))
    const d_inner = c.count('intermediate_size', follows('expand * hidden_size', usual))
    return singleMixer(c, mambaBlock(c, own, { d_inner }))
  },
}

export const mamba2: Family = {
  defaults: {
    vocab_size: 32768,
    hidden_size: 4096,
    num_hidden_layers: 64,
    num_heads: 128,
    head_dim: 64,
    state_size: 128,
    conv_kernel: 4,
    expand: 2,
    n_groups: 8,
    chunk_size: 256,
    use_conv_bias: true,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore(...costless, 'time_step_rank', 'intermediate_size')
    return singleMixer(
      c,
      mamba2Block(c, {
        expand: c.number('expand'),
        n_heads: 'num_heads',
        head_size: c.count('head_dim'),
        n_groups: c.count('n_groups'),
        d_state: c.count('state_size'),
        d_conv: c.count('conv_kernel'),
        chunk: c.count('chunk_size'),
        conv_bias: c.flag('use_conv_bias'),
        proj_bias: c.flag('use_bias'),
      }),
    )
  },
}

export interface Mamba2Shape {
  /** Inner width over model width, or the inner width itself. */
  expand?: number
  d_inner?: number
  /** The key of the number of heads. */
  n_heads: string
  /** Null where heads share the inner width. */
  head_size: number | null
  n_groups: number
  d_state: number
  d_conv: number
  chunk: number
  conv_bias: boolean
  proj_bias: boolean
  out_bias?: boolean
  gated_norm?: boolean
}

/** Mamba-2 in any family; heads must make up the inner width. */
export function mamba2Block(c: Reader, shape: Mamba2Shape): BlockUse {
  const { expand, n_heads: key, head_size, chunk, conv_bias, out_bias, gated_norm = true } = shape
  const d_inner = shape.d_inner ?? Math.trunc((expand ?? 2) * c.count('hidden_size'))
  const n_heads = c.count(key)
  const size = head_size ?? d_inner / n_heads
  if (size * n_heads !== d_inner || !Number.isInteger(size))
    throw c.wrong(
      key,
      `is ${n_heads}, but heads of ${size} do not make up the inner width of ${d_inner}`,
    )
  return block('mamba2', {
    ...(shape.d_inner === undefined ? { expand } : { d_inner }),
    head_size: size,
    n_groups: shape.n_groups,
    d_state: shape.d_state,
    d_conv: shape.d_conv,
    scan_chunk: chunk,
    conv_bias: conv_bias ? undefined : 0,
    proj_bias: shape.proj_bias,
    out_bias:
      out_bias === shape.proj_bias
        ? undefined
        : out_bias === undefined
          ? undefined
          : Number(out_bias),
    gated_norm: gated_norm ? undefined : 0,
  })
}

/** Null where heads share the inner width: "auto" or nothing. */
function headSizeOf(c: Reader, d_inner: number | undefined): number | null {
  const said = c.letters('mamba_d_head') === 'auto' ? null : c.optionalCount('mamba_d_head')
  if (said !== null) return said
  const [from, width] =
    d_inner === undefined
      ? ['mamba_expand * hidden_size', c.number('mamba_expand') * c.count('hidden_size')]
      : ['mamba_d_ssm', d_inner]
  c.derive('mamba_d_head', `${from} / mamba_n_heads`, width / c.count('mamba_n_heads'))
  return null
}

/** Mamba-2 in models that hold more than Mamba, under their keys. */
export function prefixedMamba2(c: Reader, shape: Partial<Mamba2Shape> = {}): BlockUse {
  c.ignore('mamba_norm_before_gate', 'time_step_min', 'time_step_max', 'time_step_limit')
  return mamba2Block(c, {
    ...(shape.d_inner === undefined && { expand: c.number('mamba_expand') }),
    n_heads: 'mamba_n_heads',
    head_size: headSizeOf(c, shape.d_inner),
    n_groups: c.count('mamba_n_groups'),
    d_state: c.count('mamba_d_state'),
    d_conv: c.count('mamba_d_conv'),
    chunk: c.count('mamba_chunk_size'),
    conv_bias: c.flag('mamba_conv_bias'),
    proj_bias: c.flag('mamba_proj_bias'),
    ...shape,
  })
}
