/** Comparison with a baseline, and why. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, type Compared } from '../../../src/engine/ask/compare/compare.ts'
import { differentSettings } from '../../../src/engine/ask/compare/different-settings.ts'
import { why, type Cause } from '../../../src/engine/ask/compare/why.ts'
import { prepare, type Workload } from '../../../src/engine/index.ts'
import { architectures, published } from './architectures.ts'

const model = async (name: string, workload: Partial<Workload> = {}): Promise<Compared> => ({
  model: prepare(await published(name)),
  workload,
})
const shares = (causes: readonly Cause[]): number =>
  causes.reduce((sum, { share }) => sum + share, 0)

test('values, differences and ratios against the first', async () => {
  const [row] = compare(
    [await model('llama-2-7b', { context: 4096 }), await model('llama-3.1-8b', { context: 4096 })],
    ['cache.bytes'],
  )
  expect(row).toMatchObject({
    unit: 'byte',
    values: [2147483648, 536870912],
    differences: [0, -1610612736],
    ratios: [1, 0.25],
  })
})

test('what a model does not have is not a number', async () => {
  const [row] = compare(
    [await model('llama-2-7b'), await model('bert-base-uncased')],
    ['cache.bytes'],
  )
  expect(row!.values[1]).toBeNull()
  expect(row!.ratios[1]).toBeNull()
  expect(() => compare([], ['cache.bytes'])).not.toThrow(TypeError)
})

test('settings that differ, blocks by name where these differ', async () => {
  const rows = differentSettings([await model('mistral-7b-v0.1'), await model('mixtral-8x7b')])
  const stated = rows
    .filter(({ follows }) => !follows)
    .map(({ address, values }) => [address, ...values])
  expect(stated).toContainEqual(['ffn', 'gated-ffn', 'moe'])
  expect(stated).toContainEqual(['mixer.window', 4096, null])
  expect(stated.map(([address]) => address)).not.toContain('mixer.n_heads')
  expect(differentSettings([await model('gpt2'), await model('gpt2')])).toEqual([])
})

describe('why', () => {
  test('key-value heads, and nothing else', async () => {
    const { causes, difference } = why(
      await model('llama-2-7b', { context: 4096 }),
      await model('llama-3.1-8b', { context: 4096 }),
      'cache.bytes',
    )
    expect(difference).toBe(-1610612736)
    expect(causes).toMatchObject([
      { address: 'mixer.n_kv_heads', kind: 'setting', a: 32, b: 8, share: 1 },
    ])
  })

  test('two settings share their joint effect evenly', async () => {
    const { causes } = why(
      await model('llama-3.1-8b', { context: 1000, batch: 1 }),
      await model('llama-3.1-8b', { context: 2000, batch: 2 }),
      'cache.bytes',
    )
    expect(causes.map(({ address, a, b, share }) => [address, a, b, share])).toEqual([
      ['batch', 1, 2, 0.5],
      ['context', 1000, 2000, 0.5],
    ])
  })

  test('another block is a cause as a whole', async () => {
    const { causes } = why(await model('llama-3.1-8b'), await model('deepseek-v3'), 'cache.bytes')
    expect(causes).toMatchObject([
      { address: 'mixer', kind: 'block', a: 'attention', b: 'latent-attention', share: 1 },
    ])
  })

  test('a norm before a block is a cause of its own, and not the name of that block', async () => {
    const { causes } = why(await model('gemma-3-27b'), await model('t5-large'), 'params.total')
    // 62 layers of three matrices of 5,376 x 21,504.
    expect(causes[0]).toMatchObject({ address: 'ffn', a: 'gated-ffn', b: null })
    expect(causes[0]!.amount).toBe(-62 * 3 * 5376 * 21504)
    expect(causes.find(({ address }) => address === 'ffn.before')).toMatchObject({ a: 'rmsnorm' })
  })

  test('layers are a cause of their own', async () => {
    const { causes } = why(await model('llama-2-7b'), await model('llama-2-70b'), 'params.total')
    expect(causes.map(({ address }) => address)).toContain('n_layers')
    expect(shares(causes)).toBeCloseTo(1, 9)
  })

  test('an encoder has no cache to be smaller', async () => {
    const models = [await model('llama-3.1-8b'), await model('bert-base-uncased')] as const
    for (const [a, b] of [models, models.toReversed()] as [Compared, Compared][])
      expect(() => why(a, b, 'cache.bytes')).toThrow('does not apply to an encoder')
  })

  test('a group of the cost is its total', async () => {
    const [a, b] = [await model('llama-2-7b'), await model('llama-3.1-8b')]
    expect(why(a, b, 'cache at 4k')).toEqual(why(a, b, 'cache.bytes at 4k'))
    expect(why(a, b, 'params').difference).toBe(8_030_261_248 - 6_738_415_616)
  })

  test('there is none where nothing differs', async () => {
    expect(why(await model('gpt2'), await model('gpt2'), 'flops.prefill')).toMatchObject({
      difference: 0,
      causes: [],
    })
  })

  test('shares add up to the whole, for random pairs', () => {
    const quantity = fc.constantFrom(
      'params.total',
      'params.active_without_embedding',
      'flops.prefill',
      'flops.decode',
      'cache.bytes',
      'bytes_read.decode_weights',
      'params.by_role.ffn',
    )
    const workload = fc.record({
      context: fc.integer({ min: 1, max: 300 }),
      batch: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(
        architectures,
        architectures,
        workload,
        workload,
        quantity,
        (a, b, first, second, asked) => {
          const { difference, causes } = why(
            { model: prepare(a), workload: first },
            { model: prepare(b), workload: second },
            asked,
          )
          expect(causes.every(({ amount }) => Number.isFinite(amount))).toBe(true)
          expect(causes.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(difference, 3)
        },
      ),
      { numRuns: 200 },
    )
  })
})
