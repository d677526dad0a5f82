/** RWKV: time mixing and channel mixing under LayerNorms; the first layer begins with one more. */
import type { BlockUse, Sublayer } from '../../architecture/schema.ts'
import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { block } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'

/** What versions 5 and later were trained on, where the config does not say. */
const trained_length = 4096

const layer = (mixer: BlockUse, ffn: BlockUse, except: Sublayer['except'] = []): Sublayer[] => [
  { name: 'entry', block: null, except: [{ layers: { first: 1 }, block: 'layernorm' }] },
  { ...mixer, name: 'mixer', before: 'layernorm', ...(except.length > 0 && { except }) },
  { ...ffn, name: 'ffn', before: 'layernorm' },
]

const model = (c: Reader, sublayers: Sublayer[]) => {
  c.ignore('layer_norm_epsilon', 'model_version', 'num_attention_heads', 'head_size_divisor')
  return decoder(c, sublayers, {
    final_norm: 'layernorm',
    max_context:
      c.optionalCount('context_length') ??
      c.derive(
        'context_length',
        'max_position_embeddings',
        c.count('max_position_embeddings', trained_length),
      ),
  })
}

/** A setting where it differs from what follows without it. */
const unless = (usual: number, value: number): number | undefined =>
  value === usual ? undefined : value

const timeMix = (c: Reader, name: string, settings: Record<string, unknown> = {}): BlockUse => {
  const d_model = c.count('hidden_size')
  const d_att = unless(d_model, c.count('attention_hidden_size', follows('hidden_size', d_model)))
  return block(name, { d_att, ...settings })
}

const shared = {
  vocab_size: 65536,
  hidden_size: 4096,
  num_hidden_layers: 32,
  tie_word_embeddings: false,
}

export const rwkv: Family = {
  defaults: { ...shared, vocab_size: 50277, context_length: 1024 },
  build: (c) => {
    const usual = 4 * c.count('hidden_size')
    const d_ff = unless(usual, c.count('intermediate_size', follows('4 * hidden_size', usual)))
    return model(c, layer(timeMix(c, 'rwkv4-time-mix'), block('rwkv4-channel-mix', { d_ff })))
  },
}

/** Three and a half times the width, down to a multiple of 32. */
const narrower = (c: Reader): BlockUse => {
  const usual = 32 * Math.floor((3.5 * c.count('hidden_size')) / 32)
  return block('rwkv4-channel-mix', {
    d_ff: c.count('intermediate_size', follows('3.5 * hidden_size', usual)),
  })
}

const headed = { ...shared, head_size: 64 }

export const rwkv5: Family = {
  defaults: headed,
  build: (c) => {
    const mixer = timeMix(c, 'rwkv5-time-mix', { head_size: c.count('head_size') })
    return model(c, layer(mixer, narrower(c)))
  },
}

export const rwkv6: Family = {
  defaults: headed,
  build: (c) => {
    // The model code widens both ranks at the width of the largest model.
    const wide = c.count('hidden_size') === 4096
    const mixer = timeMix(c, 'rwkv6-time-mix', {
      head_size: c.count('head_size'),
      ...(wide && { mix_rank: 64, decay_rank: 128 }),
    })
    return model(c, layer(mixer, narrower(c)))
  },
}

/** Under the keys of the flash-linear-attention library. */
export const rwkv7: Family = {
  defaults: { ...shared, head_dim: 64, hidden_ratio: 4, norm_first: true },
  build: (c) => {
    c.ignore(...costless)
    const d_model = c.count('hidden_size')
    const usual = Math.trunc(d_model * c.number('hidden_ratio'))
    const d_ff = unless(
      4 * d_model,
      c.count('intermediate_size', follows('hidden_ratio * hidden_size', usual)),
    )
    const mixer = block('rwkv7-time-mix', {
      head_size: c.count('head_dim'),
      decay_rank: c.optionalCount('decay_low_rank_dim') ?? undefined,
      rate_rank: c.optionalCount('a_low_rank_dim') ?? undefined,
      value_rank: c.optionalCount('v_low_rank_dim') ?? undefined,
      gate_rank: c.optionalCount('gate_low_rank_dim') ?? undefined,
    })
    const first = [{ layers: { first: 1 }, value_mix: false }]
    return model(c, layer(mixer, block('rwkv7-channel-mix', { d_ff }), first))
  },
}

const costless = [
  'attn',
  'attn_mode',
  'fuse_cross_entropy',
  'fuse_linear_cross_entropy',
  'fuse_norm',
  'hidden_act',
  'norm_bias',
  'norm_first',
  'num_heads',
  'use_l2warp',
  'value_dim',
]
