/** Solving is exact: put back into `evaluate` the answer has the stated residual, and no other value that makes a design is nearer. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { solve, type SolveOptions } from '../../../src/engine/ask/solve/solve.ts'
import { fit } from '../../../src/engine/deploy/fit.ts'
import { evaluate, prepare, type Architecture } from '../../../src/engine/index.ts'
import { findSetting } from '../../../src/engine/vary/index.ts'
import { architectures, published } from './architectures.ts'
import { answerOf, everyValue } from './every-value.ts'

function hasSetting(architecture: Architecture, setting: string): boolean {
  try {
    findSetting(architecture, setting)
    return true
  } catch {
    return false
  }
}

test('no value is nearer, for random architectures, settings and targets', () => {
  const asked = fc.record({
    architecture: architectures,
    question: fc.constantFrom<[string, string, number]>(
      ['d_model', 'params.total', 200],
      ['d_model', 'flops.decode', 200],
      ['n_layers', 'params.active', 60],
      ['n_layers', 'cache.bytes', 60],
      ['context', 'cache.bytes', 400],
      ['context', 'flops.prefill', 400],
      ['batch', 'bytes_read.decode_weights', 100],
      ['ffn.d_ff', 'params.total', 300],
      ['ffn.top_k', 'params.active', 20],
      ['ffn.n_experts', 'params.total', 90],
      ['mixer.n_kv_heads', 'cache.bytes', 20],
      ['mixer.n_heads', 'params.total', 64],
      ['mixer.window', 'cache.bytes', 300],
    ),
    part: fc.double({ min: -0.1, max: 1.2, noNaN: true }),
    side: fc.constantFrom<'closest' | 'below' | 'above'>('closest', 'below', 'above'),
    held: fc.constantFrom([], ['mixer.d_head']),
    // Some begin from a value that is no multiple.
    multiple_of: fc.constantFrom(1, 1, 3, 10),
  })
  let solved = 0
  fc.assert(
    fc.property(
      asked,
      ({ architecture, question: [setting, quantity, most], part, side, held, multiple_of }) => {
        const design = { architecture, workload: { context: 150 } }
        const grouped = architecture.stacks[0]!.layer[0]!.block === 'attention'
        const used = grouped && setting === 'd_model' ? held : []
        if (!hasSetting(architecture, setting)) return
        const every = everyValue(design, setting, quantity, most, used)
        const all = new Map([...every].filter(([value]) => value % multiple_of === 0))
        if (all.size === 0) return
        const answers = [...all.values()]
        const [least, greatest] = [Math.min(...answers), Math.max(...answers)]
        const target = Math.round(least + part * (greatest - least))
        const onSide = answers.filter((answer) =>
          side === 'below' ? answer <= target : side === 'above' ? answer >= target : true,
        )
        const run = (): ReturnType<typeof solve> =>
          solve(
            design,
            setting,
            { quantity, value: target },
            { side, held: used, to: most, multiple_of },
          )
        if (onSide.length === 0) {
          expect(run).toThrow(/no value brings/)
          return
        }
        const solution = run()
        solved++
        expect(answerOf(solution.design, quantity) - target).toBe(solution.residual)
        expect(all.get(solution.value as number)).toBe(solution.answer)
        expect(Math.abs(solution.residual)).toBe(
          Math.min(...onSide.map((answer) => Math.abs(answer - target))),
        )
        for (const value of solution.same ? [solution.same.from, solution.same.to] : [])
          expect(all.get(value)).toBe(solution.answer)
      },
    ),
    { numRuns: 60 },
  )
  expect(solved).toBeGreaterThan(10)
})

describe('published shapes come back', () => {
  const names = [
    'llama-3.1-8b',
    'llama-2-7b',
    'mistral-7b-v0.1',
    'qwen3-8b',
    'qwen2.5-7b-instruct',
    'gemma-2b',
    'mixtral-8x7b',
    'phi-2',
    'gpt2',
    'olmoe-1b-7b',
    'smollm2-135m',
  ]
  test.each(names)('%s by its own parameters', async (name) => {
    const design = { architecture: await published(name), workload: {} }
    const value = answerOf(design, 'params.total')
    for (const held of [
      [],
      ['d_head'],
      ...(name === 'mixtral-8x7b' || name === 'olmoe-1b-7b' ? [] : [['ffn_ratio', 'd_head']]),
    ]) {
      const solution = solve(design, 'd_model', { quantity: 'params.total', value }, { held })
      expect([...held, solution.value, solution.residual, solution.solutions]).toEqual([
        ...held,
        design.architecture.d_model,
        0,
        1,
      ])
    }
    expect(solve(design, 'n_layers', { quantity: 'params.total', value }).value).toBe(
      design.architecture.stacks[0]!.n_layers,
    )
  })
})

describe('questions that sizing asks', () => {
  const ask = async (
    name: string,
    setting: string,
    quantity: string,
    value: number,
    options: SolveOptions = {},
  ): Promise<ReturnType<typeof solve>> =>
    solve(
      { architecture: await published(name), workload: {} },
      setting,
      { quantity, value },
      options,
    )

  test('the longest context that fits beside the weights', async () => {
    const { value, answer, measure, residual } = await ask(
      'llama-3.1-8b',
      'context',
      'memory.bytes',
      80 * 2 ** 30,
      { side: 'below' },
    )
    // By hand: 131,072 bytes a token beside 16,060,522,496 bytes of weights.
    expect(value).toBe(Math.floor((80 * 2 ** 30 - 16_060_522_496) / 131_072))
    expect(measure.unit).toBe('byte')
    expect(residual).toBe(answer - 80 * 2 ** 30)
  })

  test.each([
    ['llama-3.1-8b', { context: 32_768 }, 'NVIDIA L40S', 1],
    ['qwen3-8b', { context: 8192, bytes_per_weight: 1 }, 'NVIDIA L4', 1],
    ['deepseek-v2-lite', { context: 131_072 }, 'NVIDIA H100 SXM', 1],
    ['qwen2.5-72b', { context: 16_384 }, 'NVIDIA H200 SXM', 2],
  ])('as many sequences of %s fit as fit says', async (name, workload, named, devices) => {
    const architecture = await published(name)
    const deployment = { device: named, devices }
    const found = fit(prepare(architecture), deployment, workload)
    const target = { quantity: 'fit.per_rank.needed', value: found.per_rank.available }
    const design = { architecture, workload, deployment }
    const { value } = solve(design, 'batch', target, { side: 'below' })
    expect(value).toBeGreaterThan(0)
    expect(found.max_batch).toBe(value)
  })

  test('a cache that gives up what it compressed tells the most that is held on the way', async () => {
    const design = { architecture: await published('deepseek-v4-flash'), workload: {} }
    const target = { quantity: 'cache.bytes', value: 2 ** 32 }
    const { value, answer, on_the_way } = solve(design, 'context', target, { side: 'below' })
    const model = prepare(design.architecture)
    const held = (context: number): number => evaluate(model, { context }).cache!.bytes
    expect(answer).toBeLessThanOrEqual(2 ** 32)
    expect(on_the_way!.value).toBeLessThan(Number(value))
    expect(on_the_way!.answer).toBe(held(Number(on_the_way!.value)))
    // By brute force, over every context on the way whose cache can be as large.
    for (let context = Number(value) - 5_000; context < Number(value); context++)
      expect(held(context)).toBeLessThanOrEqual(on_the_way!.answer)
    expect(held(Math.floor(Number(value) / 2))).toBeLessThan(answer)
  })

  test('a cache that only grows was never larger on the way', async () => {
    const { on_the_way } = await ask('llama-3.1-8b', 'context', 'cache.bytes', 2 ** 32)
    expect(on_the_way).toBeNull()
  })

  test('a window stops the cache, so that any context fits', async () => {
    const solution = await ask('mistral-7b-v0.1', 'context', 'memory.bytes', 80e9, {
      side: 'below',
    })
    expect(solution).toMatchObject({
      value: 8192,
      same: { from: 4096, to: 1e12 },
      solutions: 0,
      beyond: true,
    })
  })

  test('heads divide what they must', async () => {
    const { value } = await ask('llama-3.1-8b', 'n_kv_heads', 'cache.bytes', 7e8)
    expect(value).toBe(4)
  })

  test('widths are multiples of what is wanted', async () => {
    const { value } = await ask('llama-3.1-8b', 'd_model', 'params.total', 13e9, {
      held: ['ffn_ratio'],
      multiple_of: 256,
    })
    expect((value as number) % 256).toBe(0)
  })

  test('a saw-toothed cache meets a target more than once', async () => {
    const scout = await published('llama-4-scout')
    const solution = solve({ architecture: scout, workload: {} }, 'context', {
      quantity: 'cache.bytes',
      value: 8e9,
    })
    expect(solution.steady).toBe(false)
    expect(solution.solutions).toBeGreaterThan(1)
  })

  test('a real setting is found to the last bit, or as the shortest number of its step', async () => {
    const bytes = await ask('llama-3.1-8b', 'dtype', 'weights.bytes', 8_030_261_248 * 0.5625)
    expect(bytes.value).toBe(0.5625)
    const ratio = await ask('llama-3.1-8b', 'ffn_ratio', 'params.total', 7e9)
    expect(ratio.value).toBe(2.8604)
    expect(ratio.same!.from).toBeCloseTo(11715.5 / 4096, 9)
  })

  test('flags and choices are tried one by one', async () => {
    expect((await ask('llama-3.1-8b', 'tied', 'params.total', 7e9)).value).toBe(true)
  })
})

describe('what cannot be says why, and what is nearest', () => {
  const llama = async (): Promise<Architecture> => published('llama-3.1-8b')
  const refused = async (
    setting: string,
    quantity: string,
    value: number,
    options?: SolveOptions,
  ): Promise<() => unknown> => {
    const design = { architecture: await llama(), workload: {} }
    return () => solve(design, setting, { quantity, value }, options)
  }

  test('a target that no value reaches from its side', async () => {
    expect(await refused('d_model', 'params.total', 5, { side: 'below' })).toThrow(
      'no value brings params.total down to 5; the nearest is d_model 32, which gives 52,332,576',
    )
  })

  test('a target beyond all values is said to be', async () => {
    const design = { architecture: await llama(), workload: {} }
    expect(solve(design, 'n_kv_heads', { quantity: 'cache.bytes', value: 1e12 })).toMatchObject({
      value: 32,
      beyond: true,
      solutions: 0,
    })
  })

  test('a setting that the architecture does not have', async () => {
    expect(await refused('n_experts', 'params.total', 1e9)).toThrow(/no such setting/)
  })

  test('a range without any multiple', async () => {
    expect(
      await refused('n_layers', 'params.total', 8e9, { from: 41, to: 47, multiple_of: 48 }),
    ).toThrow('there is no multiple of 48 from 41 to 47')
  })

  test('a range without any design', async () => {
    expect(await refused('n_kv_heads', 'cache.bytes', 1e9, { from: 9, to: 15 })).toThrow(
      /no value from 9 to 15 makes a design; with 9, mixer: 32 query heads cannot/,
    )
  })
})
