/** What a token takes in the cache, against the table of the paper on DeepSeek-V3's hardware (arXiv 2505.09343, table 1). */
import { expect, test } from 'vitest'
import { asker, family } from '../../src/engine/ask/family/family.ts'
import { compare } from '../../src/engine/ask/compare/compare.ts'
import { explain } from '../../src/engine/explanations.ts'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { published } from './ask/architectures.ts'

const perToken = 'cache.bytes_per_token'

test.each([
  ['deepseek-v3', 70_272],
  ['qwen2.5-72b', 327_680],
  ['llama-3.1-405b', 516_096],
])('%s takes %d bytes, whatever the context and the batch', async (name, bytes) => {
  const architecture = await published(name)
  const model = prepare(architecture)
  for (const workload of [{}, { context: 100_000, batch: 7 }]) {
    expect(evaluate(model, workload).cache!.bytes_per_token).toBe(bytes)
    expect(explain(model, workload, perToken).value).toBe(bytes)
    expect(compare([{ model, workload }], [perToken])[0]!.values).toEqual([bytes])
  }
  const ask = asker(family({ architecture, workload: {} }, ['batch', 'context'], [perToken]))
  expect([ask([1, 10]), ask([3, 5000])]).toEqual([[bytes], [bytes]])
})

test('windows take no more with more tokens, and an encoder has none', async () => {
  const mistral = prepare(await published('mistral-7b-v0.1'))
  expect(evaluate(mistral).cache!.bytes_per_token).toBe(0)
  expect(evaluate(prepare(await published('bert-base-uncased'))).cache).toBeNull()
})
