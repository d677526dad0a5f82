/** Layers whose sizes a search or a schedule chose one by one: OpenELM, DeciLM and Nemotron-NAS. */
import type { BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { byKind, type Body } from '../layers.ts'
import { attention, biasesIf, gatedFfn, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { isObject } from '../values.ts'

/** To the nearest multiple, but never down by more than a tenth. */
function toMultiple(value: number, divisor: number): number {
  const near = Math.max(divisor, Math.floor((value + divisor / 2) / divisor) * divisor)
  return near < 0.9 * value ? near + divisor : near
}

export const openelm: Family = {
  defaults: {
    vocab_size: 32000,
    model_dim: 2048,
    num_transformer_layers: 12,
    head_dim: 128,
    max_context_length: 2048,
    ffn_dim_divisor: 256,
    ffn_with_glu: true,
    share_input_output_layers: true,
    normalize_qk_projections: false,
    activation_fn_name: 'swish',
  },
  build: (c) => {
    c.ignore(
      'qkv_multipliers',
      'num_gqa_groups',
      'activation_fn_name',
      'normalization_layer_name',
      'rope_freq_constant',
      'rope_max_length',
    )
    const n_layers = c.count('num_transformer_layers')
    const d_model = c.count('model_dim')
    const d_head = c.count('head_dim')
    const [queries, keys] = [
      c.perLayer('num_query_heads', n_layers),
      c.perLayer('num_kv_heads', n_layers),
    ]
    const ratios = c.numbers('ffn_multipliers')
    if (ratios === null || ratios.length < n_layers)
      throw c.wrong('ffn_multipliers', 'has not one number for each layer, as is expected')
    const divisor = c.count('ffn_dim_divisor')
    const qk_norm = c.flag('normalize_qk_projections') ? { qk_norm: 'shared' } : {}
    const gated = c.flag('ffn_with_glu')
    const mixer = byKind(
      queries.map((n_heads, layer) => `${n_heads} ${keys[layer]}`),
      (kind) => {
        const [n_heads, n_kv_heads] = kind.split(' ').map(Number) as [number, number]
        const shape = { n_heads, n_kv_heads, d_head, said: { n_kv_heads, d_head } }
        return attention(c, { heads: shape, ...qk_norm, position: rotary(c, d_head) })
      },
    )
    const ffn = byKind(
      ratios.slice(0, n_layers).map((ratio) => String(toMultiple(ratio * d_model, divisor))),
      (width) => block_of(gated, Number(width)),
    )
    return decoder(c, preNorm(norms.rms, mixer, ffn), {
      n_layers,
      d_model,
      tied: c.flag('share_input_output_layers'),
      max_context: c.count('max_context_length'),
    })
  },
  unverified: true,
}

const block_of = (gated: boolean, d_ff: number): BlockUse =>
  gated ? { block: 'gated-ffn', d_ff } : { block: 'ffn', d_ff }

/** What a layer's attention and FFN are, as words that name their kind. */
interface Choice {
  mixer: string
  ffn: string
}

function choicesOf(c: Reader): Choice[] {
  const n_layers = countLayers(c)
  const n_heads = c.count('num_attention_heads')
  const configs = c.records('block_configs')
  if (configs === null) {
    const width = c.count('intermediate_size')
    const keys = c.perLayer(
      'num_key_value_heads_per_layer',
      n_layers,
      c.count('num_key_value_heads', n_heads),
    )
    c.ignore('num_key_value_heads')
    return keys.map((n_kv_heads) => ({ mixer: `heads ${n_kv_heads}`, ffn: `wide ${width}` }))
  }
  c.ignore('num_key_value_heads', 'intermediate_size')
  if (configs.length !== n_layers)
    throw c.wrong('block_configs', `has ${configs.length} entries for ${n_layers} layers`)
  return configs.map((config) => ({
    mixer: mixerOf(config['attention'], n_heads),
    ffn: ffnOf(config['ffn'], c.count('hidden_size')),
  }))
}

function mixerOf(said: unknown, n_heads: number): string {
  const of = isObject(said) ? said : {}
  if (of['no_op'] === true) return 'none'
  if (of['replace_with_linear'] === true) return 'linear'
  const group = of['n_heads_in_group']
  return `heads ${typeof group === 'number' ? n_heads / group : n_heads}`
}

function ffnOf(said: unknown, d_model: number): string {
  const of = isObject(said) ? said : {}
  if (of['no_op'] === true) return 'none'
  if (of['replace_with_linear'] === true) return 'linear'
  const width = of['intermediate_size']
  if (typeof width === 'number') return `wide ${width}`
  const ratio = of['ffn_mult']
  // Two thirds of the ratio, since there are three matrices, up to a multiple of 256.
  const exact = Math.trunc((2 * Number(ratio) * d_model) / 3)
  return `wide ${Math.ceil(exact / 256) * 256}`
}

const none: Body = { block: null, before: null }
const linear: Body = { block: 'projection', before: norms.rms }

export const deci: Family = {
  types: ['deci', 'nemotron-nas'],
  defaults: llamaDefaults,
  build: (c) => {
    const choices = choicesOf(c)
    const n_heads = c.count('num_attention_heads')
    const bias = biasesIf(c.flag('attention_bias'))
    const d_head = c.count('hidden_size') / n_heads
    const mixer = byKind(
      choices.map((choice) => choice.mixer),
      (kind) => {
        if (kind === 'none') return none
        if (kind === 'linear') return linear
        const n_kv_heads = Number(kind.split(' ')[1])
        const shape = { n_heads, n_kv_heads, d_head, said: { n_kv_heads } }
        return { ...attention(c, { heads: shape, bias }), before: norms.rms }
      },
    )
    const ffn = byKind(
      choices.map((choice) => choice.ffn),
      (kind) => {
        if (kind === 'none') return none
        if (kind === 'linear') return linear
        const width = Number(kind.split(' ')[1])
        return { ...gatedFfn(c, { width, bias: c.flag('mlp_bias') }), before: norms.rms }
      },
    )
    return decoder(c, [
      { ...mixer, name: 'mixer' },
      { ...ffn, name: 'ffn' },
    ])
  },
  unverified: true,
}
