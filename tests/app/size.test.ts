/** Sizing keeps what it promises: a shape that is found costs what is told of it and meets every condition. */
import { describe, expect, test } from 'vitest'
import { beginnings, goals, type Budget } from '../../src/app/size/budget.ts'
import { searchDepth, type Step } from '../../src/app/size/depth-search.ts'
import type { Wish } from '../../src/app/size/wish.ts'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { published } from '../engine/ask/architectures.ts'

const workload = { context: 16_384, batch: 2, bytes_per_weight: 1, bytes_per_cache: 2 }

async function wishFor(name: string, set: Partial<Wish>): Promise<Wish> {
  return {
    architecture: await published(name),
    workload,
    of: 'params.total',
    target: 13e9,
    active: null,
    memory: null,
    grain: 128,
    goal: 'flops.decode',
    ...set,
  }
}

function lastStep(wish: Wish, n_layers: number): Step {
  const steps = [...searchDepth(wish, n_layers)]
  expect(steps.filter(({ done }) => done === 1)).toHaveLength(1)
  return steps.at(-1)!
}

describe('a shape of every kind', () => {
  const wanted: readonly [string, Partial<Wish>, number][] = [
    ['llama-3.1-8b', {}, 40],
    ['qwen3-8b', { of: 'memory.bytes', target: 24e9, goal: 'cache.bytes' }, 28],
    ['gemma-3-12b', { goal: 'bytes_read.decode', memory: 40e9 }, 48],
    ['mixtral-8x7b', { target: 47e9, active: 13e9 }, 32],
    ['qwen3-30b-a3b', { target: 30e9, active: 3.3e9, goal: 'loss at tokens=15T' }, 48],
    ['deepseek-v3', { target: 100e9, active: 8e9, goal: 'cache.bytes' }, 40],
  ]
  test('is looked for', () => {
    expect(wanted.map(([name]) => name)).toEqual(beginnings.map(({ name }) => name))
    expect(new Set(wanted.map(([, { goal }]) => goal ?? 'flops.decode'))).toEqual(
      new Set<Budget['goal']>(goals.map(({ name }) => name)),
    )
  })
  test.each(wanted)('as %s', async (name, set, n_layers) => {
    const wish = await wishFor(name, set)
    const { shape } = lastStep(wish, n_layers)
    const cost = evaluate(prepare(shape!.architecture), workload)
    const memory = cost.params.total * workload.bytes_per_weight + cost.cache!.bytes
    expect(shape).toMatchObject({
      params: cost.params.total,
      active: cost.params.active,
      cache: cost.cache!.bytes,
      memory,
      decode: cost.flops.decode,
    })
    const used = (wish.of === 'memory.bytes' ? memory : cost.params.total) / wish.target
    expect(shape!.residual).toBe(used - 1)
    expect(used).toBeLessThanOrEqual(1)
    expect(used).toBeGreaterThan(0.95)
    if (wish.active !== null) {
      expect(cost.params.active).toBeLessThanOrEqual(wish.active)
      expect(cost.params.active).toBeGreaterThan(0.95 * wish.active)
    }
    expect(memory).toBeLessThanOrEqual(wish.memory ?? Infinity)
    expect(shape!.d_model % wish.grain).toBe(0)
    expect(shape!.architecture.stacks[0]!.n_layers).toBe(n_layers)
  })
})

test('its own shape is among those for a published budget', async () => {
  const { shape } = lastStep(
    await wishFor('mixtral-8x7b', { target: 46_702_792_704, active: 12_879_925_248 }),
    32,
  )
  expect([shape!.d_model, shape!.residual, shape!.active_residual]).toEqual([4096, 0, 0])
})

test('with no goal the solved shape is told, whatever it costs', async () => {
  const wish = await wishFor('llama-3.1-8b', { goal: null, target: 8_030_261_248, memory: 1 })
  expect(lastStep(wish, 32).shape).toMatchObject({ d_model: 4096, params: 8_030_261_248 })
})

test('where nothing fits, it says what is ruled out and what is nearest', async () => {
  const { shape, misses } = lastStep(await wishFor('llama-3.1-8b', { memory: 10e9 }), 32)
  expect(shape).toBeNull()
  const { condition, count, by, shape: nearest } = misses.at(-1)!
  expect(condition).toBe('At most 10.00 GB of weights and cache')
  expect(count).toBeGreaterThan(1)
  expect(by).toBe(nearest.memory / 10e9 - 1)
})

test('a depth that the shape cannot have is refused with the reason', async () => {
  const wish = await wishFor('gemma-3n-e2b', {})
  expect(lastStep(wish, 32)).toMatchObject({ shape: null, refused: expect.any(String) })
})
