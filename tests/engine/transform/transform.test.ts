import { describe, expect, test } from 'vitest'
import {
  evaluate,
  prepare,
  type Architecture,
  type Cost,
  type Workload,
} from '../../../src/engine/index.ts'
import { transform, type TransformStep } from '../../../src/engine/transform/index.ts'
import { deepseek, gemma, mistral, parallel } from './documents.ts'

const cost = (document: Architecture, workload?: Partial<Workload>): Cost =>
  evaluate(prepare(document), workload)
const after = (document: Architecture, ...steps: TransformStep[]): Cost =>
  cost(transform(document, steps))

describe('depth up-scaling', () => {
  test('of Mistral 7B by 8 is SOLAR 10.7B to the last parameter', () => {
    expect(after(mistral, { transform: 'depth-up-scaling', m: 8 }).params.total).toBe(
      10_731_524_096,
    )
  })

  test('of Llama 2 7B is not: that would be 10.0B', () => {
    const llama = transform(mistral, [
      { transform: 'attention', to: 'mha' },
      { transform: 'set', 'ffn.d_ff': 11008 },
    ])
    expect(cost(llama).params.total).toBe(6_738_415_616)
    expect(after(llama, { transform: 'depth-up-scaling', m: 8 }).params.total).toBe(9_976_549_376)
  })

  test('copies layers that differ, each as it is', () => {
    const base = cost(deepseek).params.by_layer
    expect(after(deepseek, { transform: 'depth-up-scaling', m: 2 }).params.by_layer).toEqual([
      ...base.slice(0, 18),
      ...base.slice(2),
    ])
    const { groups } = prepare(transform(gemma, [{ transform: 'depth-up-scaling', m: 2 }]))
      .stacks[0]!
    const windows = groups.map(({ layers, blocks }) => [
      blocks.find(({ formulas }) => formulas.name === 'attention')!.settings['window'],
      layers,
    ])
    expect(windows).toEqual([
      [4096, [0, 2, 4, 6]],
      [Infinity, [1, 3, 5, 7]],
    ])
  })

  test('takes the first n layers where told to', () => {
    const base = cost(deepseek).params.by_layer
    expect(after(deepseek, { transform: 'depth-up-scaling', n: 6, m: 2 }).params.by_layer).toEqual([
      ...base.slice(0, 4),
      ...base.slice(2, 6),
    ])
  })

  test('refuses to drop more than there is', () => {
    expect(() => transform(gemma, [{ transform: 'depth-up-scaling', m: 6 }])).toThrow(
      'depth-up-scaling.m: is 6: nothing is left of 6 layers',
    )
  })
})

describe('tying', () => {
  test.each([mistral, deepseek])('takes the head away from $name and no FLOP', (document) => {
    const [before, tied] = [cost(document), after(document, { transform: 'tie' })]
    expect(before.params.total - tied.params.total).toBe(before.params.head)
    expect(tied.params.head).toBe(0)
    expect(tied.flops).toEqual(before.flops)
    expect(after(document, { transform: 'tie' }, { transform: 'untie' })).toEqual(before)
  })

  test('needs a head', () => {
    const headless = { ...mistral, stacks: [{ ...mistral.stacks[0]!, output: [] }] }
    expect(() => transform(headless, [{ transform: 'untie' }])).toThrow(
      'untie: there is no output head',
    )
  })
})

describe('windows', () => {
  test('as long as the context change nothing', () => {
    const [windowed, full] = [after(mistral, { transform: 'window', size: 8192 }), cost(mistral)]
    expect(windowed.flops).toEqual(full.flops)
    expect(windowed.cache).toEqual({
      ...full.cache,
      growing: 0,
      bytes_per_token: 0,
      bounded: full.cache!.bytes,
      by_runtime: expect.anything(),
    })
  })

  test('of half the context hold half the cache, and go away again', () => {
    const windowed = after(mistral, { transform: 'window', size: 4096 })
    expect(windowed.cache!.bytes).toBe(cost(mistral).cache!.bytes / 2)
    expect(after(mistral, { transform: 'window', size: 4096 }, { transform: 'window' })).toEqual(
      cost(mistral),
    )
  })

  test('spare every n-th layer where told to', () => {
    expect(
      after(gemma, { transform: 'window' }, { transform: 'window', size: 4096, global_every: 2 }),
    ).toEqual(cost(gemma))
    expect(
      transform(mistral, [{ transform: 'window', size: 1024, global_every: 6 }]).stacks[0]!
        .layer[0]!.except,
    ).toEqual([{ layers: { every: 6, offset: 5 }, window: null }])
  })

  test('reach attention side by side with other blocks', () => {
    expect(after(parallel, { transform: 'window', size: 512 }).cache!.bounded).toBe(
      4 * 2 * 256 * 512 * 2,
    )
  })

  test('are no matter of latent attention', () => {
    expect(() => transform(deepseek, [{ transform: 'window', size: 512 }])).toThrow(
      'no attention that can have a window',
    )
  })
})

describe('mixture of depths', () => {
  const routed: TransformStep = { transform: 'mixture-of-depths' }
  const workload = { context: 8192 }

  test('lets an eighth of the tokens into every other layer: 0.5625 of the work there, and a router each', () => {
    const [before, now] = [cost(mistral, workload), cost(transform(mistral, [routed]), workload)]
    expect(now.params.total - before.params.total).toBe(16 * 4096)
    const head = 2 * 32000 * 4096
    const routers = 16 * 2 * 4096 * 8192
    expect(
      (now.flops.prefill_by_kind.linear - head - routers) /
        (before.flops.prefill_by_kind.linear - head),
    ).toBe(0.5625)
    expect(
      now.flops.prefill_by_kind.attention / before.flops.prefill_by_kind.attention,
    ).toBeCloseTo((16 + 16 / 64) / 32, 3)
    expect(now.cache!.bytes).toBe(before.cache!.bytes * 0.5625)
  })

  test('is taken away by a capacity of 1', () => {
    expect(after(mistral, routed, { transform: 'mixture-of-depths', capacity: 1 })).toEqual(
      cost(mistral),
    )
  })

  test('is carried along by depth up-scaling where the distances stay equal, and else refused', () => {
    expect(
      transform(mistral, [routed, { transform: 'depth-up-scaling', m: 8 }]).stacks[0]!
        .depth_routing,
    ).toEqual({ every: 2, offset: 1, capacity: 0.125 })
    expect(() =>
      transform(mistral, [routed, { transform: 'depth-up-scaling', n: 31, m: 8 }]),
    ).toThrow('do not come at equal distances')
  })
})

describe('dense to mixture of experts', () => {
  test('turns Mistral 7B with 8 experts of 2 into Mixtral 8x7B to the last parameter', () => {
    const { params } = after(mistral, { transform: 'upcycling' })
    expect(params.total).toBe(46_702_792_704)
    expect(params.active).toBe(12_879_925_248)
  })

  test.each([
    ['while upcycling', { transform: 'upcycling', split: 4 }],
    ['afterwards', { transform: 'split-experts', m: 4 }],
  ])(
    'splits experts %s without a change in parameters or FLOPs, but for the router',
    (_when, step) => {
      const steps = step.transform === 'upcycling' ? [step] : [{ transform: 'upcycling' }, step]
      const [coarse, fine] = [after(mistral, { transform: 'upcycling' }), after(mistral, ...steps)]
      expect(fine.params.by_role.experts).toBe(coarse.params.by_role.experts)
      expect(fine.flops.prefill_by_kind.experts).toBe(coarse.flops.prefill_by_kind.experts)
      expect(fine.params.by_role.router).toBe(4 * coarse.params.by_role.router)
    },
  )

  test('leaves the layers dense that it is told to', () => {
    const dense = cost(mistral).params.by_layer[0]
    const layers = after(mistral, { transform: 'upcycling', every: 2, first_dense: 4 }).params
      .by_layer
    expect(layers.flatMap((params, layer) => (params === dense ? [] : [layer]))).toEqual([
      5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31,
    ])
  })

  test('keeps biases and the shape of a network without a gate', () => {
    const { params } = after(parallel, { transform: 'upcycling', n_experts: 4, shared: 1 })
    expect(params.by_role.experts).toBe((4 * 4 * cost(parallel).params.by_role.ffn) / 4)
    expect(params.by_role.shared_experts).toBe(4 * 2 * 256 * 1024)
  })

  test('of what is sparse already is refused', () => {
    const sparse = transform(mistral, [{ transform: 'upcycling' }])
    expect(() => transform(sparse, [{ transform: 'upcycling' }])).toThrow(
      'upcycling: there is no dense feed-forward network',
    )
  })
})

describe('depth', () => {
  test('applies rules about layers again', () => {
    const { by_layer } = after(deepseek, { transform: 'depth', decoder: 61 }).params
    expect(by_layer).toHaveLength(61)
    expect(by_layer.filter((params) => params === by_layer[0])).toHaveLength(3)
  })

  test('is refused where layers are only listed', () => {
    const listed = transform(gemma, [{ transform: 'set', 'mixer.except[0].layers': [1, 2, 5] }])
    expect(() => transform(listed, [{ transform: 'depth', decoder: 8 }])).toThrow(
      'depth.decoder: some layers differ by a list',
    )
  })

  test('names a stack that is missing', () => {
    expect(() => transform(gemma, [{ transform: 'depth', encoder: 8 }])).toThrow(
      'depth.encoder: there is no encoder',
    )
  })
})

test('the document given is left as it is', () => {
  const before = JSON.stringify(gemma)
  const steps: TransformStep[] = [
    ...[
      'depth-up-scaling',
      'mixture-of-depths',
      'window',
      'untie',
      'upcycling',
      'split-experts',
    ].map((name) => ({ transform: name, ...(name === 'depth-up-scaling' && { m: 1 }) })),
    { transform: 'attention', to: 'mla' },
    { transform: 'set', 'ffn.d_ff_expert': 99, 'mixer.before.block': 'layernorm' },
  ]
  transform(gemma, steps)
  expect(JSON.stringify(gemma)).toBe(before)
})

test.each([
  ['a transform', { transform: 'untied' }, 'there is no transform untied; did you mean untie?'],
  [
    'an option',
    { transform: 'window', sise: 3 },
    'window: has no option sise; it has size, global_every, global_offset',
  ],
  ['a value', { transform: 'window', size: 0.5 }, 'window.size: '],
])('%s that is not known is named', (_what, step, message) => {
  expect(() => transform(mistral, [step])).toThrow(message)
})
