import { expect, test } from 'vitest'
import { evaluate, prepare, type Architecture } from '../../../src/engine/index.ts'
import { transform, type TransformStep } from '../../../src/engine/transform/index.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'

const load = async (name: string): Promise<Architecture> =>
  prepare((await loadModel(name)).architecture).architecture
const widened = async (name: string, options: Omit<TransformStep, 'transform'> = {}) =>
  evaluate(prepare(transform(await load(name), [{ transform: 'widen', ...options }])))

test('Qwen3 0.6B with twice the widths and the same heads is Qwen3 1.7B', async () => {
  const [wide, published] = [
    await widened('qwen3-0.6b', { heads: 1 }),
    evaluate(prepare(await load('qwen3-1.7b'))),
  ]
  expect(wide.params).toEqual(published.params)
  expect(wide.flops.decode).toBe(published.flops.decode)
  expect(wide.cache).toEqual(published.cache)
})

test('heads keep their size, and so the cache grows with their number alone', async () => {
  const before = evaluate(prepare(await load('llama-3.1-8b'))).cache!.bytes
  expect((await widened('llama-3.1-8b', { heads: 1, width: 3 })).cache!.bytes).toBe(before)
  expect((await widened('llama-3.1-8b', { heads: 3, width: 1 })).cache!.bytes).toBe(3 * before)
})

test('wider networks alone leave everything else', async () => {
  const before = evaluate(prepare(await load('mixtral-8x7b'))).params.by_role
  const after = (await widened('mixtral-8x7b', { width: 1, d_ff: 4 })).params.by_role
  expect(after).toEqual({ ...before, experts: 4 * before.experts })
})

test.each([
  ['mamba-130m', 'widen: how mamba is widened is not modelled'],
  ['bloom-560m', 'widen: ALiBi gives every head another slope'],
])('%s is refused', async (name, message) => {
  await expect(widened(name)).rejects.toThrow(message)
})
