/** Laws of passes: over a sequence at once or in pieces, for one sequence or many, at any length. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  completeWorkload,
  prepare,
  type Architecture,
  type Cost,
  type Model,
  type Workload,
} from '../../../src/engine/index.ts'
import { noSums } from '../../../src/architecture/stored.ts'
import { addPass } from '../../../src/engine/sums.ts'
import { passOf, slot } from '../../../src/formulas/index.ts'
import { anyArchitecture, decoderOf, softmaxDecoder, softmaxMixer } from './architectures.ts'
import { add, cost, expectSame, numbersIn, same } from './cost.ts'
import { context, workload } from './workloads.ts'

/** Conventions under which work is counted for the tokens it is done for, in one form. */
const held = { pairs: 'causal', head: 'all', latent_form: 'absorbed' } as const

/** FLOPs of a pass over `n_new` tokens after `n_past`, by kind, and elementwise. */
function flopsOf(model: Model, n_new: number, n_past: number, given: Partial<Workload>): number[] {
  const sums = noSums()
  addPass(model.decoder!, passOf(completeWorkload(model, given), n_new, n_past, 0), sums)
  return Object.entries(slot)
    .filter(([name]) => /^(flops|elementwise_flops)/.test(name))
    .map(([, place]) => sums[place]!)
}
const sumOf = (passes: number[][]): number[] =>
  passes.reduce((all, pass) => all.map((flops, kind) => flops + pass[kind]!))

test('cached tokens change the prefill alone', () => {
  fc.assert(
    fc.property(anyArchitecture, workload, (architecture, given) => {
      const { context: length } = completeWorkload(prepare(architecture), given)
      const [before, after] = [0, length - 1].map((cached) =>
        cost(architecture, { ...given, cached }),
      ) as [Cost, Cost]
      const { flops, activation_bytes: _, ...others } = before
      const { flops: later, activation_bytes: __, ...rest } = after
      expect(rest).toEqual(others)
      expect(later.decode).toBe(flops.decode)
      expect(later.prefill).toBeLessThanOrEqual(flops.prefill)
    }),
  )
})

describe('softmax mixers', () => {
  test('a prefill is the sum of its steps, one token at a time', () => {
    fc.assert(
      fc.property(softmaxDecoder, context, (architecture, length) => {
        const model = prepare(architecture)
        const steps = Array.from({ length }, (_, past) => flopsOf(model, 1, past, held))
        expect(sumOf(steps)).toEqual(flopsOf(model, length, 0, held))
      }),
      { numRuns: 100 },
    )
  })

  test('passes that continue each other do the work of one pass over all their tokens', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(softmaxDecoder, pieces, (architecture, lengths) => {
        const model = prepare(architecture)
        const passes = lengths.map((length, place) =>
          flopsOf(model, length, add(lengths.slice(0, place)), held),
        )
        expect(sumOf(passes)).toEqual(flopsOf(model, add(lengths), 0, held))
      }),
    )
  })

  test('a prefill after cached tokens does the work of the whole less that of the tokens', () => {
    const cached = fc.tuple(context, context).filter(([a, b]) => a !== b)
    fc.assert(
      fc.property(softmaxDecoder, cached, (architecture, lengths) => {
        const [less, all] = lengths.toSorted((a, b) => a - b) as [number, number]
        const flops = (given: Partial<Workload>) => {
          const { prefill, elementwise_prefill } = cost(architecture, { ...held, ...given }).flops
          return [prefill, elementwise_prefill]
        }
        const [before, whole] = [flops({ context: less }), flops({ context: all })]
        expect(flops({ context: all, cached: less })).toEqual(
          whole.map((each, place) => each - before[place]!),
        )
      }),
    )
  })

  test('attention on expanded latents does the same work in one pass as in its steps', () => {
    fc.assert(
      fc.property(softmaxDecoder, context, (architecture, length) => {
        const model = prepare(architecture)
        const given = { ...held, latent_form: 'expanded' } as const
        const attention = (n_new: number, past: number): number => {
          const sums = noSums()
          addPass(model.decoder!, passOf(completeWorkload(model, given), n_new, past, 0), sums)
          return sums[slot['flops.attention']]!
        }
        const steps = Array.from({ length }, (_, past) => attention(1, past))
        expect(add(steps)).toBe(attention(length, 0))
      }),
      { numRuns: 50 },
    )
  })

  test('a multiply-add counted as one operation halves the headline', () => {
    fc.assert(
      fc.property(softmaxDecoder, workload, (architecture, given) => {
        const [two, one] = [2, 1].map(
          (flops_per_mac) => cost(architecture, { ...given, flops_per_mac }).flops,
        )
        expectSame([two!.prefill, two!.decode], [2 * one!.prefill, 2 * one!.decode!])
        expectSame([two!.elementwise_prefill], [one!.elementwise_prefill])
      }),
    )
  })
})

test('a decode step is the pass over one token after all the others', () => {
  fc.assert(
    fc.property(decoderOf(softmaxMixer), context, (architecture, length) => {
      const model = prepare(architecture)
      const { decode, elementwise_decode } = cost(architecture, { context: length }).flops
      expect(add(flopsOf(model, 1, length - 1, {}))).toBe(decode! + elementwise_decode!)
    }),
  )
})

describe('the cache', () => {
  /** Chunked attention forgets a chunk when the next begins. */
  const chunked = (architecture: Architecture): boolean =>
    /"chunk":/.test(JSON.stringify(architecture))

  test('never shrinks as the context grows', () => {
    fc.assert(
      fc.property(
        anyArchitecture,
        workload,
        context,
        fc.integer({ min: 1, max: 100 }),
        (architecture, given, length, more) => {
          fc.pre(!chunked(architecture))
          const [short, long] = [length, length + more].map(
            (each) => cost(architecture, { ...given, source: 50, context: each }).cache,
          )
          if (!short || !long) return
          for (const key of ['bytes', 'growing', 'bounded', 'fixed'] as const)
            expect(long[key]).toBeGreaterThanOrEqual(short[key])
          for (const key of ['transformers', 'unified_pages', 'expanded_latent'] as const)
            expect(long.by_runtime[key]).toBeGreaterThanOrEqual(short.by_runtime[key])
          expect(long.fixed).toBe(short.fixed)
        },
      ),
    )
  })

  test('takes as many bytes as its elements and states together', () => {
    fc.assert(
      fc.property(anyArchitecture, workload, (architecture, given) => {
        const bytesOf = (bytes_per_cache: number, bytes_per_state: number): number =>
          cost(architecture, { ...given, bytes_per_cache, bytes_per_state }).cache?.bytes ?? 0
        expect(same(bytesOf(2, 4), 2 * bytesOf(1, 2))).toBe(true)
      }),
    )
  })
})

test('a batch multiplies what is done and held for each sequence, and nothing that is stored', () => {
  fc.assert(
    fc.property(
      anyArchitecture,
      workload,
      fc.integer({ min: 2, max: 64 }),
      (architecture, given, batch) => {
        const [one, many] = [1, batch].map((each) => cost(architecture, { ...given, batch: each }))
        expect(many!.params).toEqual(one!.params)
        expectSame(perSequence(many!, batch), perSequence(one!, 1))
        // Shared by all sequences: weights, but for experts and rows of tables, and the kernels of long convolutions.
        for (const shared of [
          ({ bytes_read }: Cost) => bytes_read.decode_weights ?? 0,
          ({ flops }: Cost) => flops.prefill_by_kind.convolution,
        ]) {
          expect(shared(many!)).toBeGreaterThanOrEqual(shared(one!) * (1 - 1e-12))
          expect(shared(many!)).toBeLessThanOrEqual(batch * shared(one!) * (1 + 1e-12))
        }
      },
    ),
  )
})

test('a prefill costs a part for each sequence, and once what kernels made from weights alone cost', () => {
  // Long convolutions make their kernels from parameters and the length; all other work is of one sequence's own.
  const makesKernels = (architecture: object): boolean =>
    /"block":"(hyena|s4|s4d)"/.test(JSON.stringify(architecture))
  fc.assert(
    fc.property(
      anyArchitecture,
      workload,
      fc.integer({ min: 3, max: 64 }),
      (architecture, given, batch) => {
        const [one, two, many] = [1, 2, batch].map(
          (each) => cost(architecture, { ...given, batch: each }).flops.prefill,
        ) as [number, number, number]
        const [own, once] = [two - one, 2 * one - two]
        expect(same(many, batch * own + once)).toBe(true)
        expect(own).toBeGreaterThanOrEqual(0)
        if (makesKernels(architecture)) {
          expect(once).toBeGreaterThanOrEqual(-1e-12 * one)
        } else expect(same(many, batch * one)).toBe(true)
      },
    ),
  )
})

test('a long convolution makes its kernels once, for any number of sequences', () => {
  const layer = [{ name: 'mixer', block: 'hyena' }]
  const stack = { role: 'decoder', n_layers: 2, input: [], layer, output: [] }
  const hyena = { name: 'hyena', d_model: 64, max_context: 512, stacks: [stack] }
  const [one, two] = [1, 2].map((batch) => cost(hyena, { context: 512, batch }).flops.prefill)
  expect(two).toBeLessThan(2 * one!)
})

/** What each sequence costs of its own. */
function perSequence(
  { flops, cache, bytes_read, activation_bytes }: Cost,
  batch: number,
): number[] {
  const { prefill: _all, prefill_by_kind, ...others } = flops
  const { convolution: _shared, ...kinds } = prefill_by_kind
  // What a token takes is the same in every sequence.
  const { bytes_per_token: _one, ...kept } = cache ?? {}
  const all = { others, kinds, kept, read: bytes_read.decode_cache, activation_bytes }
  return numbersIn(all).map(([, value]) => value / batch)
}
