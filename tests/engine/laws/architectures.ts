/** Random valid architectures that combine the mechanisms. */
import * as fc from 'fast-check'
import type {
  Architecture,
  BlockUse,
  Exception,
  LayerPick,
  Norm,
  Stack,
  Sublayer,
} from '../../../src/engine/index.ts'
import { blocks } from '../../../src/formulas/index.ts'
import { flag, some, upTo } from './values.ts'

// Mixers

const rotary = some({
  theta: fc.constantFrom(1000, 10_000),
  scaling: fc.constantFrom('none', 'linear'),
})
const position: fc.Arbitrary<BlockUse | string | null> = fc.oneof(
  fc.constantFrom(null, 'alibi', 'rotary'),
  rotary.map((settings) => ({ block: 'rotary', ...settings })),
)
/** How far a token sees: everything, a window with or without sinks, or its chunk. */
const sight: fc.Arbitrary<{ window?: number | null; n_sink?: number; chunk?: number }> = fc.oneof(
  fc.constantFrom({}, { window: null }),
  upTo(64).map((window) => ({ window })),
  fc.record({ window: upTo(64), n_sink: upTo(4) }),
  upTo(64).map((chunk) => ({ chunk })),
)
const heads = fc
  .tuple(fc.constantFrom(1, 2, 4), fc.constantFrom(1, 2, 4))
  .map(([n_kv_heads, group]) => ({ n_heads: n_kv_heads * group, n_kv_heads }))

export const attention: fc.Arbitrary<BlockUse> = fc
  .tuple(
    heads,
    fc.constantFrom(4, 8, 16),
    sight,
    some({
      d_v: fc.constantFrom(4, 8, 12),
      q_bias: flag,
      k_bias: flag,
      v_bias: flag,
      o_bias: flag,
      qk_norm: fc.constantFrom('none', 'shared', 'full'),
      inner_norm: flag,
      output_gate: flag,
      sink_logits: flag,
      kv_shared: flag,
      value_is_key: flag,
      position,
    }),
  )
  .map(([count, d_head, seen, rest]) => ({
    block: 'attention',
    ...count,
    d_head,
    ...seen,
    ...rest,
  }))

const latentAttention: fc.Arbitrary<BlockUse> = fc
  .tuple(
    fc.record({
      n_heads: upTo(8),
      kv_lora_rank: upTo(32),
      d_nope: upTo(16),
      d_rope: fc.constantFrom(0, 2, 8),
      d_v: upTo(16),
    }),
    some({
      q_lora_rank: fc.oneof(fc.constant(null), upTo(32)),
      q_bias: flag,
      kv_bias: flag,
      o_bias: flag,
    }),
  )
  .map(([ranks, rest]) => ({ block: 'latent-attention', ...ranks, ...rest }))

const widths = [64, 128, 192]

/** Every other mixer whose defaults are right at these widths, with its defaults. */
const otherMixers = Object.values(blocks)
  .filter(({ folder, settings, resolve, check }) => {
    const rightAt = (d_model: number): boolean => {
      const all = resolve({}, { d_model, n_layers: 1, max_context: 64, bidirectional: 0 })
      const counts = settings.filter(({ type }) => type === 'count')
      return check(all) === null && counts.every(({ name }) => Number.isInteger(all[name]))
    }
    return folder === 'mixers' && widths.every(rightAt)
  })
  .map(({ name }): BlockUse => ({ block: name }))

/** Mixers whose work is a sum over the keys that each token sees. */
export const softmaxMixer = fc.oneof(attention, attention, latentAttention)
const anyMixer = fc.oneof(softmaxMixer, fc.constantFrom(...otherMixers))

// Feed-forward networks

const activation = fc.constantFrom('gelu', 'relu', 'silu')
const denseFfn: fc.Arbitrary<BlockUse> = fc
  .tuple(
    fc.constantFrom('ffn', 'gated-ffn'),
    upTo(300),
    some({ activation, ffn_bias: flag, inner_norm: flag }),
  )
  .map(([block, d_ff, rest]) => ({ block, d_ff, ...rest }))
export const moe: fc.Arbitrary<BlockUse> = fc
  .tuple(
    fc
      .tuple(upTo(16), upTo(16))
      .map(([a, b]) => ({ n_experts: Math.max(a, b), top_k: Math.min(a, b) })),
    upTo(100),
    some({
      d_ff_shared: upTo(100, 0),
      gated: flag,
      shared_gate: flag,
      router_bias: flag,
      expert_bias: flag,
      activation,
    }),
  )
  .map(([experts, d_ff_expert, rest]) => ({ block: 'moe', ...experts, d_ff_expert, ...rest }))
const ffn = fc.oneof(denseFfn, moe)

// Layers

const norm: fc.Arbitrary<Norm> = fc.oneof(
  fc.constantFrom('rmsnorm', 'layernorm', null),
  fc.record({ weight: flag, bias: flag }).map((settings) => ({ block: 'layernorm', ...settings })),
)
const layerPick: fc.Arbitrary<LayerPick> = fc.oneof(
  upTo(4).map((first) => ({ first })),
  upTo(4).map((last) => ({ last })),
  fc.tuple(upTo(4), upTo(4)).map(([every, offset]) => ({ every, offset: offset % every })),
  fc.uniqueArray(upTo(7, 0), { minLength: 1, maxLength: 4 }),
)

/** Settings of the same block that an exception may overrule without breaking a check. */
function overrulings({ block, window }: BlockUse): fc.Arbitrary<Record<string, unknown>> {
  if (block === 'attention' && typeof window === 'number')
    return fc.constantFrom({ window: null }, { window: 1 }, { window: 9 })
  if (block === 'attention') return fc.constantFrom({ o_bias: true }, { d_head: 2 })
  if (block === 'latent-attention') return fc.constantFrom({ kv_lora_rank: 3 }, { d_nope: 5 })
  if (block === 'moe') return fc.constantFrom({ d_ff_expert: 7 }, { top_k: 1 })
  if (block === 'ffn' || block === 'gated-ffn')
    return fc.constantFrom({ d_ff: 11 }, { ffn_bias: 1 })
  return fc.constant({})
}

/** What differs in some layers: settings, the norms, another block, or no block at all. */
const exceptionTo = (use: BlockUse, others: fc.Arbitrary<BlockUse>): fc.Arbitrary<Exception> =>
  fc
    .tuple(
      layerPick,
      fc.oneof(
        overrulings(use),
        norm.map((before) => ({ before })),
        others,
        fc.constant({ block: null }),
      ),
    )
    .map(([layers, body]) => ({ layers, ...body }))

function sublayer(name: string, uses: fc.Arbitrary<BlockUse>): fc.Arbitrary<Sublayer> {
  return uses
    .chain((use) =>
      fc.record({
        use: fc.constant(use),
        norms: some({ before: norm, after: norm }),
        except: fc.array(exceptionTo(use, uses), { maxLength: 2 }),
      }),
    )
    .map(({ use, norms, except }) => ({ ...norms, ...use, name, except }))
}

/** A sublayer whose blocks are stored once, however many layers apply them. */
const sharedSublayer = (
  name: string,
  share: string,
  uses: fc.Arbitrary<BlockUse>,
): fc.Arbitrary<Sublayer> =>
  fc
    .record({
      use: uses,
      norms: some({ before: norm, after: norm }),
      left_out: fc.option(layerPick),
    })
    .map(({ use, norms, left_out }) => ({
      ...norms,
      ...use,
      name,
      share,
      except: left_out === null ? [] : [{ layers: left_out, block: null }],
    }))

/** Mixer and feed-forward network side by side under one norm. */
const parallel = (mixers: fc.Arbitrary<BlockUse>): fc.Arbitrary<Sublayer> =>
  fc.record({ before: norm, mixer: mixers, other: ffn }).map(({ before, mixer, other }) => ({
    name: 'both',
    before,
    blocks: [
      { ...mixer, name: 'mixer' },
      { ...other, name: 'ffn', before: 'rmsnorm' },
    ],
  }))

const layerOf = (role: string, mixers: fc.Arbitrary<BlockUse>): fc.Arbitrary<Sublayer[]> => {
  const first = fc.oneof(
    sublayer('mixer', mixers),
    sharedSublayer('mixer', `${role}-mixer`, mixers),
  )
  const second = fc.oneof(sublayer('ffn', ffn), sharedSublayer('ffn', `${role}-ffn`, ffn))
  return fc.oneof(
    fc.tuple(first, second),
    fc.tuple(parallel(mixers)),
    fc.tuple(first),
    fc.tuple(first, sublayer('second-mixer', mixers), second),
  )
}

// Whole models

const ends = fc
  .record({
    vocab_size: upTo(500),
    rest: some({
      d_emb: fc.constantFrom(32, 128),
      positions: flag,
      norm: flag,
      tied: flag,
      head_bias: flag,
    }),
  })
  .map(({ vocab_size, rest: { d_emb, positions, norm: withNorm, ...head } }) => ({
    input: [
      { block: 'token-embedding', vocab_size, ...(d_emb === undefined ? {} : { d_emb }) },
      ...(positions ? [{ block: 'learned-positions' }] : []),
    ],
    output: [...(withNorm ? [{ block: 'rmsnorm' }] : []), { block: 'output-head', ...head }],
  }))

function stackOf(role: Stack['role'], mixers: fc.Arbitrary<BlockUse>): fc.Arbitrary<Stack> {
  const routing = fc.option(
    fc.record({ every: upTo(3), capacity: fc.constantFrom(0.125, 0.3, 0.5, 1) }),
    { freq: 4 },
  )
  return fc
    .record({ n_layers: upTo(8, 0), layer: layerOf(role, mixers), ends, routing })
    .map(({ n_layers, layer, ends: { input, output }, routing: depth_routing }) => ({
      role,
      n_layers,
      input,
      layer,
      output,
      ...(depth_routing === null ? {} : { depth_routing }),
    }))
}

const whole = (stacks: fc.Arbitrary<Stack[]>): fc.Arbitrary<Architecture> =>
  fc.record({
    name: fc.constant('random'),
    d_model: fc.constantFrom(...widths),
    max_context: fc.constantFrom(64, 512),
    stacks,
  })

export const decoderOf = (mixers: fc.Arbitrary<BlockUse>): fc.Arbitrary<Architecture> =>
  whole(fc.tuple(stackOf('decoder', mixers)))

/** Without a causal mask there are no windows and chunks. */
const bidirectional = attention.map(({ window: _w, chunk: _c, n_sink: _n, ...rest }) => rest)
const encoder = stackOf('encoder', bidirectional)
const crossing: fc.Arbitrary<Sublayer> = fc
  .record({ before: norm, heads })
  .map(({ before, heads: count }) => ({
    name: 'cross',
    before,
    block: 'cross-attention',
    ...count,
    d_head: 8,
  }))
const crossingDecoder = fc
  .tuple(stackOf('decoder', softmaxMixer), crossing)
  .map(([stack, cross]): Stack => ({ ...stack, layer: [...stack.layer, cross] }))

const encoderOnly = whole(fc.tuple(encoder))
export const encoderDecoder = whole(fc.tuple(encoder, crossingDecoder))
export const softmaxDecoder = decoderOf(softmaxMixer)
export const anyArchitecture = fc.oneof(
  { arbitrary: decoderOf(anyMixer), weight: 4 },
  { arbitrary: encoderDecoder, weight: 2 },
  { arbitrary: encoderOnly, weight: 1 },
)
