/** What matrix products are computed in: said, never taken from the format of weights, and what it bounds. */
import { expect, test } from 'vitest'
import { fit, type Fit } from '../../../src/engine/deploy/fit.ts'
import { prepare } from '../../../src/engine/index.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'

const on = async (name: string, formats: object, device = 'H100 SXM'): Promise<Fit> =>
  fit(prepare((await loadModel(name)).architecture), { device, formats }, { context: 4096 })

test('products are of sixteen bits whatever the weights are in', async () => {
  const [plain, packed] = [await on('llama-3.1-8b', {}), await on('llama-3.1-8b', { weights: 'awq' })] // prettier-ignore
  expect(packed.deployment.formats!.compute).toBe('bf16')
  expect(packed.at_least!.prefill).toBe(plain.at_least!.prefill)
  expect(packed.at_least!.step).toBeLessThan(plain.at_least!.step!)
})

test('each kind of work is over the peak of its format', async () => {
  const { prefill } = (await on('llama-3.1-8b', {})).at_least!
  const { prefill: all } = (await on('llama-3.1-8b', { compute: 'fp8' })).at_least!
  const { prefill: linear } = (await on('llama-3.1-8b', { compute: { linear: 'fp8' } })).at_least!
  expect(all).toBeCloseTo((prefill * 989.4) / 1978.9, 9)
  expect(linear).toBeGreaterThan(all)
  expect(linear).toBeLessThan(prefill)
})

test('an encoder needs the time of one pass, which reads all but its tables', async () => {
  const pass = async (context: number) =>
    fit(prepare((await loadModel('bert-base-uncased')).architecture), { device: 'H100 SXM' }, { context }).at_least!
  // By hand: 12 layers of 4 d^2 + 2 d d_ff, scores and sums of values, and the head over the vocabulary.
  const [d, d_ff, n, tokens, vocabulary] = [768, 3072, 12, 512, 30522]
  const work = 2 * tokens * (n * (4 * d * d + 2 * d * d_ff + 2 * tokens * d) + d * d + d * vocabulary)
  const { prefill, step } = await pass(tokens)
  expect(step).toBeNull()
  expect(prefill / (work / 989.4e12)).toBeCloseTo(1, 3)
  // One token waits for the weights of its layers.
  expect((await pass(1)).prefill / ((2 * n * (4 * d * d + 2 * d * d_ff)) / 3.35e12)).toBeCloseTo(1, 1)
}) // prettier-ignore

test('no device is taken to compute in what it cannot', async () => {
  await expect(on('llama-3.1-8b', { compute: 'fp8' }, 'A100 SXM 80GB')).rejects.toThrow(
    /formats\.compute\.default: "fp8" is nothing that NVIDIA A100 SXM 80GB computes products in; tf32, bf16/,
  )
  await expect(on('llama-3.1-8b', { compute: { expert: 'fp8' } })).rejects.toThrow(
    /formats\.compute\.expert: is none of linear, experts, .*did you mean experts/,
  )
})

test('what rests on a figure that no sheet or log states is assumed', async () => {
  const { marks } = await on('llama-3.1-8b', {}, 'M2 Ultra 192GB')
  expect(marks).toMatchObject({ weights: 'exact', available: 'assumed', fits: 'assumed', at_least: 'assumed' }) // prettier-ignore
  const { marks: logged } = await on('llama-3.1-8b', {})
  expect(logged).toMatchObject({ available: 'exact', fits: 'exact', at_least: 'bound' })
})
