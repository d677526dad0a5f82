/** Workloads are completed with the defaults, and what cannot be run is refused with the key at fault. */
import { describe, expect, test } from 'vitest'
import { explain } from '../../src/engine/explanations.ts'
import {
  ArchcostError,
  completeWorkload,
  evaluate,
  prepare,
  type Formats,
  type Model,
  type Workload,
} from '../../src/engine/index.ts'

const stack = (role: string): object => ({ role, n_layers: 0, input: [], layer: [], output: [] })
const model = (...roles: string[]) =>
  prepare({
    name: 'small',
    d_model: 8,
    max_context: 4096,
    max_source: 1500,
    stacks: roles.map(stack),
  })
const decoder = model('decoder')

describe('defaults', () => {
  test('the context is 8,192 tokens, or the longest where that is less', () => {
    expect(completeWorkload(decoder).context).toBe(4096)
  })

  test('only an encoder beside a decoder has a source of its own', () => {
    expect(completeWorkload(model('encoder', 'decoder')).source).toBe(1500)
    expect(completeWorkload(model('encoder', 'decoder'), { source: 7 }).source).toBe(7)
    expect(completeWorkload(model('encoder'), { source: 7 }).source).toBeNull()
    expect(completeWorkload(decoder, { source: 7 }).source).toBeNull()
  })

  test('nothing is cached before a prefill, and nothing can be where there is no decoder', () => {
    expect(completeWorkload(decoder).cached).toBe(0)
    expect(completeWorkload(decoder, { cached: 7 }).cached).toBe(7)
    expect(completeWorkload(model('encoder'), { cached: 7 }).cached).toBe(0)
  })

  test('undefined is as good as left out', () => {
    expect(completeWorkload(decoder, { batch: undefined as never })).toEqual(
      completeWorkload(decoder),
    )
  })
})

describe('formats of the weights', () => {
  const small = (weights?: Formats): Model =>
    prepare({
      name: 'small',
      d_model: 64,
      max_context: 4096,
      ...(weights && { weights }),
      stacks: [
        {
          role: 'decoder',
          n_layers: 1,
          input: [],
          layer: [
            { name: 'ffn', block: 'moe', n_experts: 4, top_k: 1, d_ff_expert: 64, expert_bias: 1 },
          ],
          output: [],
        },
      ],
    })
  const published = { experts: 'mxfp4', default: 'bf16' }
  // 4 experts with 3 matrices of 64 by 64 and biases of 64; a router of 64 by 4.
  const [matrices, biases, router] = [4 * 3 * 64 * 64, 4 * 3 * 64, 64 * 4]
  const bytes = (of: Model, given?: Partial<Workload>) => evaluate(of, given).weights.bytes

  test('are those that the document says, bf16 where it says none', () => {
    expect(bytes(small())).toBe(2 * (matrices + biases + router))
    expect(bytes(small(published))).toBe((matrices * 4.25) / 8 + 2 * (biases + router))
  })

  test('are overruled: all by a number or a default, single roles without one', () => {
    const mixed = small(published)
    expect(bytes(mixed, { bytes_per_weight: 1 })).toBe(matrices + biases + router)
    expect(bytes(mixed, { weights: { default: 'fp8' } })).toBe(matrices + biases + router)
    expect(bytes(mixed, { weights: { router: 'fp32' } })).toBe(
      (matrices * 4.25) / 8 + 2 * biases + 4 * router,
    )
    expect(bytes(mixed, { weights: { experts: 1, default: 2, unquantised: 4 } })).toBe(
      matrices + 4 * biases + 2 * router,
    )
  })

  test('decide what a step reads as well, in total and by role', () => {
    const { bytes_read } = evaluate(small(published))
    const read = [(matrices / 4) * (4.25 / 8), 2 * router, 2 * (biases / 4)]
    expect(bytes_read.decode_weights).toBe(read.reduce((sum, each) => sum + each))
    const { experts, router: routed, unquantised } = bytes_read.decode_weights_by_role!
    expect([experts, routed, unquantised]).toEqual(read)
  })

  test.each([
    [{ expert: 'mxfp4' }, 'weights.expert: is none of default, embedding'],
    [{ expert: 'mxfp4' }, 'did you mean experts?'],
    [
      { experts: 'mxfp5' },
      'weights.experts: "mxfp5" is given, but a format or bytes above 0 are expected; did you mean mxfp4?',
    ],
    [{ experts: 0 }, 'weights.experts: 0 is given'],
    [{ default: 'awq-int4-g0' }, 'weights.default: "awq-int4-g0" is given'],
    ['mxfp4', 'weights: "mxfp4" is given, but formats by role are expected'],
  ])('%j is refused', (weights, message) => {
    expect(() => completeWorkload(decoder, { weights: weights as Formats })).toThrow(message)
    expect(() => small(weights as Formats)).toThrow(
      typeof weights === 'string' ? 'weights' : message,
    )
  })

  test('bytes of all beside formats by role are refused', () => {
    const both = { weights: published, bytes_per_weight: 2 }
    expect(() => completeWorkload(decoder, both)).toThrow(
      'bytes_per_weight: is given beside weights',
    )
  })

  test('are opened down to role, format and bytes', () => {
    const opened = explain(small(published), {}, 'weights.bytes')
    const experts = opened.inputs.find(({ address }) => address === 'weights.by_role.experts')!
    expect(experts.inputs.map(({ label, value }) => [label, value])).toEqual([
      ['Weights stored: experts', matrices],
      ['Bytes of a weight in mxfp4', 4.25 / 8],
    ])
    expect(experts.inputs[0]!.inputs[0]!.address).toBe('ffn.weights_stored.experts')
  })

  test.each(['awq-int4-g128', 'awq-int4-g64'])(
    'say what %s is, in groups of any size',
    (format) => {
      const { inputs } = explain(
        small(published),
        { weights: { experts: format } },
        'weights.bytes',
      )
      const experts = inputs.find(({ address }) => address === 'weights.by_role.experts')!
      expect(experts.inputs[1]).toMatchObject({
        why: 'Four bits, a scale of 16 and an offset of 4 for each group.',
        source: { url: 'https://arxiv.org/abs/2306.00978' },
      })
    },
  )
})

test.each([
  [{ contxt: 4 }, 'contxt: is not part of a workload; did you mean context?'],
  [JSON.parse('{"__proto__": 1}'), '__proto__: is not part of a workload'],
  [{ context: 0 }, 'context: 0 is given, but a whole number from 1 to 1000000000000 is expected'],
  [
    { context: 1.5 },
    'context: 1.5 is given, but a whole number from 1 to 1000000000000 is expected',
  ],
  [
    { context: '8192' },
    'context: "8192" is given, but a whole number from 1 to 1000000000000 is expected',
  ],
  [
    { context: Number.NaN },
    'context: NaN is given, but a whole number from 1 to 1000000000000 is expected',
  ],
  [
    { context: 1e300 },
    'context: 1e+300 is given, but a whole number from 1 to 1000000000000 is expected',
  ],
  [{ batch: null }, 'batch: null is given, but a whole number from 1 to 1000000000000 is expected'],
  [
    { bytes_per_cache: -1 },
    'bytes_per_cache: -1 is given, but a number above 0 and up to 1000000000000 is expected',
  ],
  [{ flops_per_mac: 3 }, 'flops_per_mac: 3 is given, but at most 2 is expected'],
  [{ cached: -1 }, 'cached: -1 is given, but a whole number from 0 to 1000000000000 is expected'],
  [{ context: 8, cached: 8 }, 'cached: 8 is given, but at most 7 is expected'],
  [{ pairs: 'all' }, 'pairs: "all" is given, but one of causal, full is expected'],
  [{ head: ['last'] }, 'head: ["last"] is given, but one of last, all is expected'],
])('%j is refused', (given, message) => {
  expect(() => completeWorkload(decoder, given as object)).toThrow(ArchcostError)
  expect(() => completeWorkload(decoder, given as object)).toThrow(message)
})

test('a value nested too deeply to be printed is refused all the same', () => {
  let deep: unknown = 1
  for (let level = 0; level < 50_000; level++) deep = [deep]
  expect(() => completeWorkload(decoder, { context: deep as never })).toThrow(
    'context: a list is given, but a whole number',
  )
})
