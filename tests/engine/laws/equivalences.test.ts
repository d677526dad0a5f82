/** Laws of mechanisms: settings at which one is another, and what then changes and what does not. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Architecture, BlockUse } from '../../../src/engine/index.ts'
import { anyArchitecture, attention, encoderDecoder, moe, softmaxDecoder } from './architectures.ts'
import { cost, expectSame, numbersIn, same } from './cost.ts'
import { context, workload } from './workloads.ts'

/** A decoder of three equal layers that hold one block. */
const layersOf = (use: BlockUse): Architecture => ({
  name: 'layers',
  d_model: 128,
  max_context: 512,
  stacks: [
    {
      role: 'decoder',
      n_layers: 3,
      input: [{ block: 'token-embedding', vocab_size: 100 }],
      layer: [{ ...use, name: 'layer', before: 'rmsnorm' }],
      output: [{ block: 'output-head' }],
    },
  ],
})
describe('attention', () => {
  test('with as many key-value heads as heads is attention without groups', () => {
    fc.assert(
      fc.property(attention, workload, ({ n_kv_heads: _, ...rest }, given) => {
        const grouped = layersOf({ ...rest, block: 'attention', n_kv_heads: rest.n_heads })
        expect(cost(grouped, given)).toEqual(cost(layersOf({ ...rest, block: 'attention' }), given))
      }),
    )
  })

  test('shrinks its cache with its key-value heads, not its work on scores', () => {
    fc.assert(
      fc.property(attention, workload, (use, given) => {
        const grouped = cost(layersOf(use), given)
        const single = cost(layersOf({ ...use, n_kv_heads: 1 }), given)
        const groups = use['n_kv_heads'] as number
        expect(grouped.cache!.bytes).toBe(groups * single.cache!.bytes)
        expect(grouped.bytes_read.decode_cache).toBe(groups * single.bytes_read.decode_cache!)
        expect(grouped.flops.prefill_by_kind.attention).toBe(single.flops.prefill_by_kind.attention)
        expect(grouped.flops.decode_by_kind!.attention).toBe(single.flops.decode_by_kind!.attention)
      }),
    )
  })

  test.each(['window', 'chunk'])('with a %s no shorter than the context sees all', (limit) => {
    fc.assert(
      fc.property(attention, workload, context, fc.nat(50), (use, given, length, more) => {
        const { window: _w, chunk: _c, n_sink: _s, ...rest } = use
        const at = { ...given, context: length }
        const full = cost(layersOf(rest), at)
        const limited = cost(layersOf({ ...rest, [limit]: length + more }), at)
        expect(limited.params).toEqual(full.params)
        expect(limited.flops).toEqual(full.flops)
        expect(limited.bytes_read).toEqual(full.bytes_read)
        expect(limited.cache!.bytes).toBe(full.cache!.bytes)
        expect(limited.activation_bytes).toBe(full.activation_bytes)
      }),
    )
  })

  test('never does more, and never holds more, with a shorter window', () => {
    fc.assert(
      fc.property(attention, workload, fc.integer({ min: 1, max: 300 }), (use, given, window) => {
        const { chunk: _, ...rest } = use
        const [short, long] = [window, window + 1].map((each) =>
          cost(layersOf({ ...rest, window: each }), given),
        )
        expect(short!.flops.prefill).toBeLessThanOrEqual(long!.flops.prefill)
        expect(short!.flops.decode).toBeLessThanOrEqual(long!.flops.decode!)
        expect(short!.cache!.bytes).toBeLessThanOrEqual(long!.cache!.bytes)
      }),
    )
  })
})

test('absorbed latent attention attends as one key-value head as wide as the latent', () => {
  const ranks = fc.record({
    n_heads: fc.integer({ min: 1, max: 16 }),
    kv_lora_rank: fc.integer({ min: 1, max: 64 }),
    d_rope: fc.integer({ min: 1, max: 32 }),
  })
  fc.assert(
    fc.property(ranks, workload, ({ n_heads, kv_lora_rank, d_rope }, given) => {
      const at = { ...given, latent_form: 'absorbed' } as const
      const latent = cost(
        layersOf({ block: 'latent-attention', n_heads, kv_lora_rank, d_rope }),
        at,
      )
      const d_head = kv_lora_rank + d_rope
      const single = cost(
        layersOf({ block: 'attention', n_heads, n_kv_heads: 1, d_head, d_v: kv_lora_rank }),
        at,
      )
      expectSame(latent.flops.prefill_by_kind.attention, single.flops.prefill_by_kind.attention)
      expectSame(latent.flops.decode_by_kind!.attention, single.flops.decode_by_kind!.attention)
      // The latent is key and value at once, and is held once.
      expect(
        same(latent.cache!.bytes * (d_head + kv_lora_rank), single.cache!.bytes * d_head),
      ).toBe(true)
    }),
  )
})

describe('a mixture of experts', () => {
  test('of one expert is the dense network and a router', () => {
    const network = fc.record({
      d_ff: fc.integer({ min: 1, max: 300 }),
      gated: fc.boolean(),
      bias: fc.boolean(),
    })
    fc.assert(
      fc.property(network, workload, ({ d_ff, gated, bias }, said) => {
        // Experts and a dense network may be in other formats.
        const given = { ...said, weights: { default: 2 } }
        const one = {
          block: 'moe',
          n_experts: 1,
          top_k: 1,
          d_ff_expert: d_ff,
          gated,
          expert_bias: bias,
          activation: 'silu',
        }
        const dense = {
          block: gated ? 'gated-ffn' : 'ffn',
          d_ff,
          ffn_bias: bias,
          activation: 'silu',
        }
        const [mixed, plain] = [cost(layersOf(one), given), cost(layersOf(dense), given)]
        const router = mixed.params.by_role.router
        expect(mixed.params.total - router).toBe(plain.params.total)
        expect(mixed.params.active - router).toBe(plain.params.active)
        expect(mixed.params.by_role.experts).toBe(plain.params.by_role.ffn)
        const { batch = 1, context: length = 512, flops_per_mac = 2 } = given
        const scored = flops_per_mac * batch * router
        expectSame(mixed.flops.prefill - scored * length, plain.flops.prefill)
        expectSame(mixed.flops.decode! - scored, plain.flops.decode!)
        expectSame(mixed.bytes_read.decode_weights! - router * 2, plain.bytes_read.decode_weights!)
      }),
    )
  })

  test('split into more and smaller experts changes the router alone', () => {
    fc.assert(
      fc.property(moe, workload, fc.integer({ min: 2, max: 8 }), (use, given, pieces) => {
        const { n_experts, top_k, d_ff_expert } = use as unknown as Record<string, number>
        const coarse = { ...use, d_ff_expert: d_ff_expert! * pieces, expert_bias: 0 }
        const fine = {
          ...use,
          n_experts: n_experts! * pieces,
          top_k: top_k! * pieces,
          expert_bias: 0,
        }
        const [before, after] = [cost(layersOf(coarse), given), cost(layersOf(fine), given)]
        const { router: _before, ...roles } = before.params.by_role
        expect(after.params.by_role).toMatchObject(roles)
        expect(after.flops.prefill_by_kind.experts).toBe(before.flops.prefill_by_kind.experts)
        expect(after.params.active - after.params.by_role.router).toBe(
          before.params.active - before.params.by_role.router,
        )
      }),
    )
  })

  test('with every expert chosen uses all it stores', () => {
    fc.assert(
      fc.property(moe, (use) => {
        const { params } = cost(layersOf({ ...use, top_k: use['n_experts'] }))
        expect(params.active).toBe(params.total)
      }),
    )
  })

  test('reads no more experts than there are, and at least those of one token', () => {
    fc.assert(
      fc.property(moe, fc.integer({ min: 1, max: 100_000 }), (use, batch) => {
        const of = (given: BlockUse, sequences: number): number =>
          cost(layersOf(given), { batch: sequences, context: 1 }).bytes_read.decode_weights!
        const everyExpert = of({ ...use, top_k: use['n_experts'] }, batch)
        expect(of(use, batch)).toBeLessThanOrEqual(everyExpert * (1 + 1e-12))
        expect(of(use, batch)).toBeGreaterThanOrEqual(of(use, 1) * (1 - 1e-12))
      }),
    )
  })
})

test('tying changes the parameters by the table and the FLOPs by nothing', () => {
  const tie = (architecture: Architecture, tied: boolean): Architecture => ({
    ...architecture,
    stacks: architecture.stacks.map((stack) => ({
      ...stack,
      output: stack.output.map((use) => (use.block === 'output-head' ? { ...use, tied } : use)),
    })),
  })
  fc.assert(
    fc.property(softmaxDecoder, workload, (architecture, said) => {
      // A tied head is read in the format of the table.
      const given = { ...said, weights: { default: 2 } }
      const [tied, apart] = [
        cost(tie(architecture, true), given),
        cost(tie(architecture, false), given),
      ]
      expect(apart.params.total - tied.params.total).toBe(apart.params.embedding)
      expect(tied.params.embedding).toBe(apart.params.embedding)
      expect(tied.flops).toEqual(apart.flops)
      expect(tied.cache).toEqual(apart.cache)
      // The expected number of distinct experts is no integer: the two sums may round apart.
      expect(tied.bytes_read.decode! / apart.bytes_read.decode!).toBeCloseTo(1, 12)
      expect(tied.activation_bytes).toBe(apart.activation_bytes)
    }),
  )
})

test('an encoder-decoder without encoder and without cross-attention is its decoder', () => {
  fc.assert(
    fc.property(encoderDecoder, workload, (architecture, given) => {
      const [encoder, decoder] = architecture.stacks
      const alone = { ...decoder!, layer: decoder!.layer.filter(({ name }) => name !== 'cross') }
      const nothing = { ...encoder!, n_layers: 0, input: [], output: [] }
      const { source: _, ...at } = given
      expect(cost({ ...architecture, stacks: [nothing, alone] }, at)).toEqual(
        cost({ ...architecture, stacks: [alone] }, at),
      )
    }),
  )
})

test('layers of nothing cost nothing', () => {
  fc.assert(
    fc.property(anyArchitecture, workload, (architecture, given) => {
      const stacks = architecture.stacks.map(({ depth_routing: _, ...stack }) => ({
        ...stack,
        input: [],
        output: [],
        layer: stack.layer.map((sublayer) => ({ name: sublayer.name, block: null })),
      }))
      const numbers = numbersIn(cost({ ...architecture, stacks }, given))
      expect(numbers.filter(([, value]) => value !== 0)).toEqual([])
    }),
  )
})
