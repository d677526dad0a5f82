/** The pieces that families are put together from: heads, attention, latent attention, FFN, experts. */
import type { BlockUse, Norm } from '../architecture/schema.ts'
import type { Body } from './layers.ts'
import { follows, type Reader } from './reader.ts'
import { rotary } from './rope.ts'

/** A block with those settings that differ from nothing: undefined and false are left out. */
export const block = (name: string, settings: Record<string, unknown>): BlockUse => ({
  block: name,
  ...Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined && value !== false),
  ),
})

/** Norms by the names families know them by. */
export const norms = {
  rms: 'rmsnorm',
  layer: 'layernorm',
  /** LayerNorm that only scales. */
  scale_only: { block: 'layernorm', bias: false },
  /** LayerNorm with nothing to learn. */
  bare: { block: 'layernorm', weight: false, bias: false },
} as const satisfies Record<string, Norm>

export interface Heads {
  n_heads: number
  n_kv_heads: number
  d_head: number
  /** What the config itself says: defaults that follow from other settings stay out of the document. */
  said: { n_kv_heads?: number; d_head?: number }
}

/**
 * Heads and their size. The size is `head_dim` where the family reads it, else the width shared out.
 * @param split the family has no `head_dim` of its own
 * @param grouped the family reads key-value heads here
 * @param floored a width that is not shared out evenly is rounded down: heads are narrower than the model together
 */
export function heads(
  c: Reader,
  {
    split = false,
    grouped = true,
    floored = false,
  }: { split?: boolean; grouped?: boolean; floored?: boolean } = {},
): Heads {
  const n_heads = c.count('num_attention_heads')
  const n_kv_heads = grouped
    ? c.count('num_key_value_heads', follows('num_attention_heads', n_heads))
    : n_heads
  if (n_heads % n_kv_heads !== 0) {
    throw c.wrong(
      'num_key_value_heads',
      `is ${n_kv_heads}, which does not divide ${n_heads} query heads evenly; give a divisor of ${n_heads}`,
    )
  }
  const said_kv = n_kv_heads === n_heads ? {} : { n_kv_heads }
  if (split) c.ignore('head_dim')
  const given = split ? null : c.optionalCount('head_dim')
  if (given !== null)
    return { n_heads, n_kv_heads, d_head: given, said: { ...said_kv, d_head: given } }
  const d_model = c.count('hidden_size')
  if (floored && d_model % n_heads !== 0) {
    const d_head = Math.floor(d_model / n_heads)
    c.derive('head_dim', 'hidden_size / num_attention_heads, rounded down', d_head)
    return { n_heads, n_kv_heads, d_head, said: { ...said_kv, d_head } }
  }
  if (d_model % n_heads !== 0) {
    throw c.wrong(
      'num_attention_heads',
      `is ${n_heads}, which does not divide the width ${d_model} evenly${split ? '' : '; give head_dim, or a divisor'}`,
    )
  }
  const shared_out = d_model / n_heads
  if (!split) c.derive('head_dim', 'hidden_size / num_attention_heads', shared_out)
  return { n_heads, n_kv_heads, d_head: shared_out, said: said_kv }
}

/** Which of the projections q, k, v and o carry a bias, as letters. */
export type Biases = '' | 'o' | 'qkv' | 'qkvo' | 'qv' | 'qvo'

const biases = (which: Biases): Record<string, boolean> => ({
  q_bias: which.includes('q'),
  k_bias: which.includes('k'),
  v_bias: which.includes('v'),
  o_bias: which.includes('o'),
})

/** All four projections where the config's flag is set. */
export const biasesIf = (flag: boolean, which: Biases = 'qkvo'): Biases => (flag ? which : '')

export interface AttentionOptions {
  heads?: Heads
  bias?: Biases
  /** A rotary embedding for all of the head unless another position, or null for none, is given. */
  position?: BlockUse | null
  window?: number | null
  chunk?: number | null
  [setting: string]: unknown
}

export function attention(
  c: Reader,
  { heads: given, bias = '', position, ...settings }: AttentionOptions = {},
): BlockUse {
  const { n_heads, d_head, said } = given ?? heads(c)
  return block('attention', {
    n_heads,
    ...said,
    ...biases(bias),
    ...settings,
    position: position === undefined ? rotary(c, d_head) : position,
  })
}

/**
 * Multi-head latent attention; the keys are named alike in all families that have it.
 * @param d_v the width of a head's values, for families that do not have to say it
 */
export function latentAttention(
  c: Reader,
  { d_v = c.count('v_head_dim') }: { d_v?: number } = {},
): BlockUse {
  const d_rope = c.count('qk_rope_head_dim', undefined, 0)
  const bias = c.flag('attention_bias')
  const n_heads = c.count('num_attention_heads')
  c.ignore('num_key_value_heads', 'head_dim', 'qk_head_dim')
  const q_lora_rank = c.optionalCount('q_lora_rank')
  return block('latent-attention', {
    n_heads,
    q_lora_rank,
    kv_lora_rank: c.count('kv_lora_rank'),
    d_nope: c.count('qk_nope_head_dim'),
    d_rope,
    d_v,
    q_bias: bias && q_lora_rank !== null,
    kv_bias: bias,
    o_bias: bias,
    // Some configs say the turned share of the whole head; it is d_rope all the same.
    position: d_rope === 0 ? null : rotary(c, d_rope, { n_kv_heads: 1, d_rot: d_rope }),
  })
}

/** What an activation costs, as far as formulas tell them apart. */
export function activation(c: Reader, otherwise: string): string {
  const name = c.text('hidden_act', otherwise).toLowerCase()
  if (/silu|swish|swiglu/.test(name)) return 'silu'
  return name.includes('relu') ? 'relu' : 'gelu'
}

export interface FfnOptions {
  width?: number
  bias?: boolean
  activation?: string
  [setting: string]: unknown
}

/** Three matrices, one of them a gate. */
export const gatedFfn = (
  c: Reader,
  { width, bias = false, activation: by = activation(c, 'silu'), ...settings }: FfnOptions = {},
): BlockUse =>
  block('gated-ffn', {
    d_ff: width ?? c.count('intermediate_size'),
    ffn_bias: bias,
    activation: by,
    ...settings,
  })

/** Two matrices. */
export const plainFfn = (
  c: Reader,
  { width, bias = false, activation: by = activation(c, 'gelu'), ...settings }: FfnOptions = {},
): BlockUse =>
  block('ffn', {
    d_ff: width ?? c.count('intermediate_size'),
    ffn_bias: bias,
    activation: by,
    ...settings,
  })

/** Two matrices of four times the width, unless the config says how wide. */
export function fourfoldFfn(c: Reader, { bias = false }: { bias?: boolean } = {}): BlockUse {
  const width = c.optionalCount('intermediate_size')
  if (width === null) c.derive('intermediate_size', '4 * hidden_size', 4 * c.count('hidden_size'))
  return block('ffn', {
    d_ff: width ?? undefined,
    ffn_bias: bias,
    activation: activation(c, 'gelu'),
  })
}

export interface MoeOptions {
  n_experts?: number
  top_k?: number
  width?: number
  /** Of all shared experts together. */
  shared?: number
  [setting: string]: unknown
}

export function moe(
  c: Reader,
  { n_experts, top_k, width, shared = 0, ...settings }: MoeOptions = {},
): BlockUse {
  const experts = n_experts ?? c.count('num_local_experts')
  const used = top_k ?? c.count('num_experts_per_tok')
  if (used > experts)
    throw c.wrong(
      'num_experts_per_tok',
      `is ${used}, but there are only ${experts} experts; it is at most their number`,
    )
  return block('moe', {
    n_experts: experts,
    top_k: used,
    d_ff_expert: width ?? c.count('moe_intermediate_size'),
    ...(shared > 0 && { d_ff_shared: shared }),
    activation: activation(c, 'silu'),
    ...settings,
  })
}

/** Several blocks side by side under the norms of one sublayer. */
export const sideBySide = (attentionUse: BlockUse, ffn: BlockUse): Body => ({
  blocks: [
    { ...attentionUse, name: 'attention' },
    { ...ffn, name: 'ffn' },
  ],
})
