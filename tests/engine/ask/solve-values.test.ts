/** Solving for settings whose values follow no plain rule, against every value there is. */
import { expect, test } from 'vitest'
import { solve } from '../../../src/engine/ask/solve/solve.ts'
import type { Architecture } from '../../../src/engine/index.ts'
import type { Design } from '../../../src/engine/vary/index.ts'
import { published } from './architectures.ts'
import { everyValue } from './every-value.ts'

test('a prime number of heads is not the least there can be', async () => {
  // 4,544 is 64 * 71: sixteen heads of 284, beside one of 71 heads of 64, and 142 are legal as well.
  const falcon: Design = { architecture: await published('falcon-7b'), workload: {} }
  const target = { quantity: 'cache.bytes', value: 1.9e7 }
  const tried = everyValue(falcon, 'block.attention.n_heads', 'cache.bytes', 142, [])
  const nearest = Math.min(...[...tried.values()].map((each) => Math.abs(each - target.value)))
  const { residual } = solve(falcon, 'block.attention.n_heads', target, { to: 142 })
  expect(Math.abs(residual)).toBe(nearest)
  expect([...tried.keys()]).toEqual([1, 2, 4, 8, 16, 32, 64, 71, 142])
})

test('a width that needs no projection beside it is no steady rise', async () => {
  const gpt2: Design = { architecture: await published('gpt2'), workload: {} }
  const tried = everyValue(gpt2, 'input.token-embedding.d_emb', 'params.total', 800, [])
  const target = tried.get(760)!
  // The width of the model, 768, is cheaper than 767 and 769, which are projected.
  expect(tried.get(768)).toBeLessThan(tried.get(767)!)
  const { value, steady, solutions } = solve(gpt2, 'input.token-embedding.d_emb', {
    quantity: 'params.total',
    value: target,
  })
  expect([value, steady]).toEqual([760, false])
  expect(solutions).toBeGreaterThan(1)
})

test('a longest source brings the source that follows it', async () => {
  const whisper: Design = { architecture: await published('whisper-small'), workload: {} }
  const tried = everyValue(whisper, 'max_source', 'flops.prefill', 400, [])
  const { value, residual } = solve(whisper, 'max_source', {
    quantity: 'flops.prefill',
    value: tried.get(300)!,
  })
  expect([value, residual]).toEqual([300, 0])
})

test('layers that are listed without a rule leave one number of layers, and say so', async () => {
  const nemotron: Design = {
    architecture: await published('nemotron-3-nano-30b-a3b'),
    workload: {},
  }
  const target = { quantity: 'params.total', value: 20e9 }
  expect([...everyValue(nemotron, 'n_layers', 'params.total', 80, []).keys()]).toEqual([52])
  const { value, alone } = solve(nemotron, 'n_layers', target)
  expect(value).toBe(52)
  expect(alone!.message).toContain('they follow no period')
  expect(() => solve(nemotron, 'n_layers', target, { side: 'below' })).toThrow(
    /the nearest is n_layers 52.*they follow no period/,
  )
})

test('choices have no stretch of values', async () => {
  const qwen: Design = { architecture: await published('qwen3-8b'), workload: {} }
  const target = { quantity: 'params.total', value: 8_190_735_360 }
  expect(solve(qwen, 'scaling', target)).toMatchObject({ value: 'none', same: null })
})

test('the end of a range is told where it begins', async () => {
  const oss: Design = { architecture: await published('gpt-oss-20b'), workload: { context: 600 } }
  const tried = everyValue(oss, 'mixer.window', 'cache.bytes', 700, [])
  const most = Math.max(...tried.values())
  const first = [...tried.keys()].find((value) => tried.get(value) === most)
  const { range } = solve(oss, 'mixer.window', { quantity: 'cache.bytes', value: 1 })
  expect(range.greatest).toEqual({ value: first, answer: most })
})

test('a rule that holds in no layer is varied in vain, and without harm', () => {
  const design: Design = { architecture: covered, workload: {} }
  const tried = everyValue(design, 'ffn.d_ff', 'params.total', 20, [])
  expect(new Set(tried.values()).size).toBe(1)
  const target = { quantity: 'params.total', value: tried.get(16)! }
  expect(solve(design, 'ffn.d_ff', target, { to: 20 })).toMatchObject({
    residual: 0,
    same: { from: 1, to: 20 },
  })
})

/** Its exception holds in all of its layers. */
const covered: Architecture = {
  name: 'covered',
  d_model: 64,
  max_context: 4096,
  stacks: [
    {
      role: 'decoder',
      n_layers: 3,
      input: [{ block: 'token-embedding', vocab_size: 500 }],
      layer: [
        {
          name: 'ffn',
          block: 'gated-ffn',
          except: [{ layers: { first: 3 }, block: 'gated-ffn', d_ff: 100 }],
        },
      ],
      output: [{ block: 'output-head' }],
    },
  ],
}
