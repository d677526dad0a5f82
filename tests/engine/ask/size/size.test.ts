/** Sizing keeps what it promises: a shape costs what is told of it, meets every condition, and none that does costs less. */
import { describe, expect, test } from 'vitest'
import { beginnings, goals, type Budget } from '../../../../src/app/size/budget.ts'
import { conditionsOfRatios } from '../../../../src/engine/ask/size/ratios.ts'
import { briefOf, type Brief, type Wanted } from '../../../../src/engine/ask/size/brief.ts'
import { searchDepth, type DepthStep } from '../../../../src/engine/ask/size/depth-search.ts'
import { spacesAt } from '../../../../src/engine/ask/size/spaces.ts'
import { nearestMisses, size } from '../../../../src/engine/ask/size/size.ts'
import type { Space } from '../../../../src/engine/ask/search/space.ts'
import { evaluate, prepare } from '../../../../src/engine/index.ts'
import { vary } from '../../../../src/engine/vary/index.ts'
import { published } from '../architectures.ts'

const workload = { context: 16_384, batch: 2, bytes_per_weight: 1, bytes_per_cache: 2 }

async function wanted(name: string, set: Partial<Wanted>): Promise<Brief> {
  return briefOf({
    family: { architecture: await published(name), workload },
    params: 13e9,
    active: null,
    memory: null,
    minimise: 'flops.decode',
    multiple_of: 128,
    near: 1.5,
    ...set,
  })
}

function lastStep(brief: Brief, n_layers: number): DepthStep {
  const steps = [...searchDepth(brief, n_layers)]
  expect(steps.filter(({ done }) => done === 1)).toHaveLength(1)
  return steps.at(-1)!
}

describe('a shape of every kind', () => {
  const kinds: readonly [string, Partial<Wanted>, number][] = [
    ['llama-3.1-8b', {}, 40],
    ['qwen3-8b', { params: null, memory: 24e9, minimise: 'cache.bytes' }, 28],
    ['gemma-3-12b', { minimise: 'bytes_read.decode', memory: 40e9 }, 48],
    ['mixtral-8x7b', { params: 47e9, active: 13e9 }, 32],
    ['qwen3-30b-a3b', { params: 30e9, active: 3.3e9, minimise: 'loss at tokens=15T' }, 48],
    ['deepseek-v3', { params: 100e9, active: 8e9, minimise: 'cache.bytes' }, 40],
  ]
  test('is looked for', () => {
    expect(kinds.map(([name]) => name)).toEqual(beginnings.map(({ name }) => name))
    expect(new Set(kinds.map(([, { minimise }]) => minimise ?? 'flops.decode'))).toEqual(
      new Set<Budget['goal']>(goals.map(({ name }) => name)),
    )
  })
  test.each(kinds)('as %s', async (name, set, n_layers) => {
    const brief = await wanted(name, set)
    const { shape } = lastStep(brief, n_layers)
    const cost = evaluate(prepare(shape!.architecture), workload)
    const memory = cost.params.total * workload.bytes_per_weight + cost.cache!.bytes
    expect(shape).toMatchObject({
      params: cost.params.total,
      active: cost.params.active,
      cache: cost.cache!.bytes,
      memory,
      decode: cost.flops.decode,
    })
    const used = (brief.budget === 'memory.bytes' ? memory : cost.params.total) / brief.target
    expect(shape!.residual).toBe(used - 1)
    expect(used).toBeLessThanOrEqual(1)
    expect(used).toBeGreaterThan(0.95)
    if (brief.active !== null) {
      expect(cost.params.active).toBeLessThanOrEqual(brief.active)
      expect(cost.params.active).toBeGreaterThan(0.95 * brief.active)
    }
    expect(memory).toBeLessThanOrEqual(brief.memory ?? Infinity)
    expect(shape!.d_model % 128).toBe(0)
    expect(shape!.architecture.stacks[0]!.n_layers).toBe(n_layers)
  })
})

/** Every design of a space that can be built, by the engine itself. */
function everyDesign({ architecture, vary: lists, hold }: Space) {
  let all: Record<string, number>[] = [{}]
  for (const [name, values] of Object.entries(lists))
    all = all.flatMap((each) => (values as number[]).map((value) => ({ ...each, [name]: value })))
  return all.flatMap((set) => {
    try {
      const made = vary({ architecture, workload }, set, hold).architecture
      const { params, flops, cache } = evaluate(prepare(made), workload)
      const [d_ff] = Object.entries(set).flatMap(([name, value]) =>
        name.endsWith('.d_ff') ? [value] : [],
      )
      return [
        {
          params: params.total,
          cost: flops.decode!,
          memory: params.total + cache!.bytes,
          ffn_ratio: d_ff! / set['d_model']!,
          d_model: set['d_model']!,
        },
      ]
    } catch {
      return []
    }
  })
}

test.each([
  [3e9, 28, 1.5],
  [3e9, 28, 1.05],
  [2e9, 20, 1.5],
])('of all shapes for %d parameters in %i layers, none costs less', async (params, depth, near) => {
  const brief = await wanted('llama-3.1-8b', { params, near, memory: 2 * params })
  const [space] = spacesAt(brief, depth) as [Space]
  const fit = everyDesign(space).filter(
    (each) => each.params <= params && each.params >= 0.95 * params && each.memory <= brief.memory!,
  )
  const family = 14_336 / 4096
  const keep = fit.filter(
    ({ ffn_ratio }) => ffn_ratio <= family * near && ffn_ratio >= family / near,
  )
  const among = keep.length > 0 ? keep : fit
  const fullest = Math.max(...among.map((each) => each.params / params))
  const alike = among.filter((each) => each.params / params >= fullest - 0.01)
  expect(alike.length).toBeGreaterThan(1)
  const least = Math.min(...alike.map(({ cost }) => cost))
  expect(lastStep(brief, depth).shape!.cost).toBe(least)
})

test('a key of the workload that is undefined is one that is left unsaid', async () => {
  const brief = await wanted('llama-3.1-8b', {})
  const unsaid = { ...brief, workload: { ...workload, bytes_per_keys: undefined } } as Brief
  expect(lastStep(unsaid, 32).shape).toEqual(lastStep(brief, 32).shape)
})

test('a family is kept to: shapes that leave its ratios come last, and say which', async () => {
  const brief = await wanted('llama-3.1-8b', {})
  const { shapes } = size(brief, [8, 36, 40])
  expect(shapes.map(({ n_layers, departures }) => [n_layers, departures.length])).toEqual([
    [36, 0],
    [40, 0],
    [8, 1],
  ])
  // It costs least of all.
  expect(shapes[2]!.cost).toBeLessThan(shapes[0]!.cost)
  expect(shapes[2]!.departures[0]).toMatch(
    /^width for each layer 1,\d{3}, where the family has 128$/,
  )
  for (const { architecture } of shapes.slice(0, 2)) {
    const [mixer, ffn] = prepare(architecture).stacks[0]!.groups[0]!.blocks.filter(
      ({ address }) => address === 'mixer' || address === 'ffn',
    )
    const { n_heads, n_kv_heads } = mixer!.settings as Record<string, number>
    expect(n_heads! / n_kv_heads!).toBe(4)
    const ratio = Number(ffn!.settings['d_ff']) / architecture.d_model / 3.5
    expect(ratio).toBeGreaterThan(1 / 1.5)
    expect(ratio).toBeLessThan(1.5)
  }
})

test('told how far ratios may be, it keeps to that', async () => {
  const brief = await wanted('llama-3.1-8b', { near: 20 })
  expect(size(brief, [8]).shapes[0]!.departures).toEqual([])
  expect(conditionsOfRatios(brief)).toContain('mixer.n_heads <= 80 * mixer.n_kv_heads')
})

test('each setting has a multiple of its own', async () => {
  const multiple_of = { d_model: 256, 'ffn.d_ff': 64, n_kv_heads: 4 }
  const { shape } = lastStep(await wanted('llama-3.1-8b', { multiple_of }), 40)
  const told = Object.fromEntries(shape!.told.map(({ name, value }) => [name, value]))
  expect([shape!.d_model % 256, told['d_ff']! % 64, told['n_kv_heads']! % 4]).toEqual([0, 0, 0])
})

test('its own shape is among those for a published budget', async () => {
  const brief = await wanted('mixtral-8x7b', { params: 46_702_792_704, active: 12_879_925_248 })
  const { shape } = lastStep(brief, 32)
  expect([shape!.d_model, shape!.residual, shape!.active_residual]).toEqual([4096, 0, 0])
})

test('without a search the solved shape is told, whatever it costs', async () => {
  const brief = await wanted('llama-3.1-8b', { params: 8_030_261_248, memory: 1 })
  const { shape } = lastStep({ ...brief, is_searched: false }, 32)
  expect(shape).toMatchObject({ d_model: 4096, params: 8_030_261_248 })
})

test('where nothing fits, it says what is ruled out and what is nearest', async () => {
  const { shapes, misses } = size(await wanted('llama-3.1-8b', { memory: 10e9 }), [32, 40])
  expect(shapes).toEqual([])
  const { condition, count, by, shape: nearest } = nearestMisses(misses)[0]!
  expect(condition).toBe('At most 10.00 GB of weights and cache')
  expect(count).toBeGreaterThan(1)
  expect(by).toBe(nearest.memory / 10e9 - 1)
  expect(
    Math.min(...misses.filter((each) => each.condition === condition).map((each) => each.by)),
  ).toBe(by)
})

test('a depth that the shape cannot have is refused with the reason', async () => {
  const brief = await wanted('gemma-3n-e2b', {})
  expect(lastStep(brief, 32)).toMatchObject({ shape: null, refused: expect.any(String) })
})

test.each([
  [{ params: null, memory: null }, /say how many parameters, or a device/],
  [{ active: 3e9 }, /has no experts/],
  [{ near: 0.5 }, /factor of at least 1/],
  [{ minimise: 'beauty' }, /neither a quantity nor a setting/],
  [{ multiple_of: { n_wings: 2 } }, /no such setting/],
])('a brief %o is refused', async (set, message) => {
  await expect(wanted('llama-3.1-8b', set as Partial<Wanted>)).rejects.toThrow(message)
})

test('more active parameters than parameters are refused', async () => {
  await expect(wanted('mixtral-8x7b', { params: 1e9, active: 2e9 })).rejects.toThrow(
    /are more than the 1.000B of all/,
  )
})

test('an encoder is sized by its weights and its pass', async () => {
  const brief = await wanted('bert-base-uncased', { params: null, memory: 1e9, minimise: null })
  const { shape } = lastStep(brief, 24)
  const { params, flops } = evaluate(prepare(shape!.architecture), workload)
  expect(shape).toMatchObject({ memory: params.total, cost: flops.prefill, cache: null })
  expect(shape!.residual).toBe(params.total / 1e9 - 1)
  expect(Math.abs(shape!.residual)).toBeLessThan(0.05)
})

test('widths stand as near to each other as they can be built about the shape that the budget solves for', async () => {
  const brief = await wanted('qwen3-30b-a3b', { params: 300e6, active: 100e6 })
  const [space] = spacesAt(brief, 8) as [Space]
  const [first, second] = space.vary['d_model'] as number[]
  // One key-value head is left, which any number of heads of 64 can share; four ask for widths of 512.
  expect(second! - first!).toBe(128)
})
