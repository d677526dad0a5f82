/** Curves under one constraint, and several settings for several targets. */
import { expect, test } from 'vitest'
import { solveCurve, solveTogether } from '../../../src/engine/ask/solve-several.ts'
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
