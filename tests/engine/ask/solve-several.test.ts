/** Curves under one constraint, and several settings for several targets. */
import { expect, test } from 'vitest'
import { solveCurve, solveTogether } from '../../../src/engine/ask/solve/several.ts'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { published } from './architectures.ts'

test('depth and width at fixed parameters', async () => {
  const design = { architecture: await published('llama-3.1-8b'), workload: {} }
  const points = [
    ...solveCurve(
      design,
      'd_model',
      { quantity: 'params.total', value: 8e9 },
      { setting: 'n_layers', values: '8,16,32,64' },
      { held: ['ffn_ratio', 'd_head'] },
    ),
  ]
  expect(points.map(({ along }) => along)).toEqual([8, 16, 32, 64])
  const widths = points.map(({ solution }) => solution!.value as number)
  expect(widths.toSorted((a, b) => b - a)).toEqual(widths)
  for (const { along, solution } of points) {
    const { architecture } = solution!.design
    expect(architecture.stacks[0]!.n_layers).toBe(along)
    expect(evaluate(prepare(architecture)).params.total - 8e9).toBe(solution!.residual)
  }
})

test('a point without a solution says why', async () => {
  const design = { architecture: await published('llama-3.1-8b'), workload: {} }
  const [none, some] = solveCurve(
    design,
    'n_layers',
    { quantity: 'params.total', value: 4e9 },
    { setting: 'vocab_size', values: '1M,1k' },
    { side: 'below' },
  )
  expect(none!.solution).toBeNull()
  expect(none!.problem!.message).toContain('no value brings params.total down to 4,000,000,000')
  expect(some!.solution!.residual).toBeLessThanOrEqual(0)
})

test('experts and top-k for a total and an active budget', async () => {
  const mixtral = await published('mixtral-8x7b')
  const { params } = evaluate(prepare(mixtral))
  const start = { architecture: { ...mixtral }, workload: {} }
  const { solutions, design } = solveTogether(start, [
    { setting: 'n_experts', target: { quantity: 'params.total', value: 2 * params.total } },
    { setting: 'top_k', target: { quantity: 'params.active', value: 20e9 } },
  ])
  expect(solutions.map(({ value }) => value)).toEqual([16, 3])
  const found = evaluate(prepare(design.architecture)).params
  expect(found.total - 2 * params.total).toBe(solutions[0]!.residual)
  expect(found.active - 20e9).toBe(solutions[1]!.residual)
})

test('what walks keeps its values, whatever is held, and is there before what is solved for', async () => {
  const design = { architecture: await published('llama-3.1-8b'), workload: {} }
  const target = { quantity: 'params.total', value: 8e9 }
  const along = { setting: 'n_heads', values: '8,24,40' }
  // 24 and 40 heads do not divide the present width of 4,096; they divide others.
  for (const held of [[], ['d_head']])
    for (const { along: heads, solution } of solveCurve(design, 'd_model', target, along, {
      held,
    })) {
      const { architecture } = solution!.design
      const [mixer] = architecture.stacks[0]!.layer
      expect(mixer).toMatchObject({ n_heads: heads, n_kv_heads: 8 })
      expect(evaluate(prepare(architecture)).params.total - 8e9).toBe(solution!.residual)
    }
})

test('settings solved together do not follow each other', async () => {
  const design = { architecture: await published('llama-3.1-8b'), workload: {} }
  const { solutions, design: found } = solveTogether(
    design,
    [
      { setting: 'n_heads', target: { quantity: 'params.total', value: 6e9 } },
      { setting: 'd_model', target: { quantity: 'params.embedding', value: 128_256 * 3000 } },
    ],
    { held: ['d_head'] },
  )
  const [heads, width] = solutions.map(({ value }) => value)
  expect(width).toBe(3000)
  expect(found.architecture.d_model).toBe(3000)
  expect(found.architecture.stacks[0]!.layer[0]).toMatchObject({ n_heads: heads, d_head: 128 })
  const total = evaluate(prepare(found.architecture)).params.total
  expect(total - 6e9).toBe(solutions[0]!.residual)
})

test('the order of settings and targets does not matter, nor which setting is said beside which target', async () => {
  const design = { architecture: await published('mixtral-8x7b'), workload: {} }
  const targets = [
    { quantity: 'params.total', value: 30e9 },
    { quantity: 'params.active', value: 3e9 },
  ]
  const found = [
    ['d_model', 'n_experts'],
    ['n_experts', 'd_model'],
  ].flatMap((names) =>
    [targets, targets.toReversed()].map((each) => {
      const wanted = names.map((setting, index) => ({ setting, target: each[index]! }))
      const { solutions } = solveTogether(design, wanted, { held: ['d_head'] })
      return Object.fromEntries(solutions.map(({ value }, index) => [names[index], value]))
    }),
  )
  for (const each of found) expect(each).toEqual(found[0])
  expect(found[0]).toEqual({ d_model: 1024, n_experts: 21 })
})

test('of each setting apart only multiples of what is wanted for it', async () => {
  const design = { architecture: await published('mixtral-8x7b'), workload: {} }
  const { solutions } = solveTogether(
    design,
    [
      { setting: 'n_experts', target: { quantity: 'params.total', value: 90e9 } },
      { setting: 'd_ff_expert', target: { quantity: 'params.active', value: 20e9 } },
    ],
    { multiple_of: { n_experts: 6, d_ff_expert: 640 } },
  )
  const [experts, width] = solutions.map(({ value }) => Number(value))
  expect([experts! % 6, width! % 640]).toEqual([0, 0])
  expect(experts).toBeGreaterThan(0)
})
