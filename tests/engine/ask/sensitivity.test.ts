/** Sensitivity by each setting alone. */
import { expect, test } from 'vitest'
import { sensitivity } from '../../../src/engine/ask/sensitivity.ts'
import { readCost } from '../../../src/engine/ask/quantity/measures.ts'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { vary } from '../../../src/engine/vary/index.ts'
import { published } from './architectures.ts'

const llama = { architecture: await published('llama-3.1-8b'), workload: {} }

test('a cache of attention grows with tokens, layers, heads and bytes alike', () => {
  const found = sensitivity(llama, 'cache.bytes')
  const of = (address: string): number =>
    found.find(({ setting }) => setting.address === address)!.elasticity
  for (const address of ['context', 'batch', 'n_layers', 'mixer.n_kv_heads', 'bytes_per_cache'])
    expect(of(address)).toBeCloseTo(1, 9)
  expect(found.some(({ setting }) => setting.address === 'ffn.d_ff')).toBe(false)
})

test('every row is what evaluate says', () => {
  for (const quantity of ['params.total', 'flops.decode'])
    for (const { setting, from, to, before, after } of sensitivity(llama, quantity)) {
      expect([
        readAt(setting.address, from, quantity),
        readAt(setting.address, to, quantity),
      ]).toEqual([before, after])
    }
})

const readAt = (address: string, value: number, quantity: string): number => {
  const { architecture, workload } = vary(llama, { [address]: value })
  return readCost(evaluate(prepare(architecture), workload), quantity)!
}

test('steps make a design: heads divide, widths go by the width that heads need', () => {
  const found = sensitivity(llama, 'params.total')
  expect(found.find(({ setting }) => setting.address === 'mixer.n_kv_heads')).toMatchObject({
    from: 8,
    to: 16,
  })
  expect(found.find(({ setting }) => setting.address === 'd_model')!.to % 32).toBe(0)
})

test('more experts per token than experts cannot be, so fewer are tried', async () => {
  const mixtral = await published('mixtral-8x7b')
  const full = vary({ architecture: mixtral, workload: {} }, { top_k: 8 })
  expect(
    sensitivity(full, 'params.active').find(({ setting }) => setting.address === 'ffn.top_k'),
  ).toMatchObject({ from: 8, to: 7 })
})

test('an unknown quantity is refused', () => {
  expect(() => sensitivity(llama, 'params.totall')).toThrow(/did you mean params.total/)
})
