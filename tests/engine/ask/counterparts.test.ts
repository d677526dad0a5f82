/** Counterparts keep equal what they should, as nearly as whole sizes let them, and where costs cross. */
import { describe, expect, test } from 'vitest'
import {
  counterpart,
  equals,
  missing,
  type Equal,
  type Wanted,
} from '../../../src/engine/ask/compare/counterparts.ts'
import { crossings } from '../../../src/engine/ask/compare/crossings.ts'
import { readCost } from '../../../src/engine/ask/quantity/measures.ts'
import {
  breakdown,
  evaluate,
  prepare,
  type Cost,
  type Workload,
} from '../../../src/engine/index.ts'
import type { Design } from '../../../src/engine/vary/index.ts'
import { vary } from '../../../src/engine/vary/index.ts'
import { published } from './architectures.ts'

const of = async (
  name: string,
  workload: Partial<Workload> = { context: 32768 },
): Promise<Design> => ({ architecture: await published(name), workload })
const cost = ({ architecture, workload }: Design): Cost => evaluate(prepare(architecture), workload)
const blocksOf = ({ architecture }: Design): Set<string> =>
  new Set(breakdown(prepare(architecture)).map(({ block }) => block))

describe('dense for a mixture of experts', () => {
  const models = [
    'mixtral-8x7b',
    'deepseek-v3',
    'llama-4-scout',
    'gpt-oss-20b',
    'jamba-v0.1',
    'qwen3-30b-a3b',
  ]
  const kinds: Equal[] = ['active', 'total', 'flops']
  test.each(models.flatMap((name) => kinds.map((equal) => ({ name, equal }))))(
    '$name, equal $equal',
    async ({ name, equal }) => {
      const design = await of(name)
      const { design: dense, solution } = counterpart(design, { kind: 'dense', equal })
      expect(blocksOf(dense)).not.toContain('moe')
      const answer = readCost(cost(dense), equals[equal])!
      expect(answer - readCost(cost(design), equals[equal])!).toBe(solution!.residual)
      const address = solution!.setting.address
      // One wider or one narrower is no nearer.
      for (const step of [-1, 1]) {
        const width = (solution!.value as number) + step
        const other = readCost(cost(vary(dense, { [address]: width })), equals[equal])!
        expect(Math.abs(other - solution!.target)).toBeGreaterThanOrEqual(
          Math.abs(solution!.residual),
        )
      }
    },
  )

  test('Mixtral has the active parameters of a network twice as wide as an expert, and of its router', async () => {
    const { solution } = counterpart(await of('mixtral-8x7b'), { kind: 'dense' })
    expect(solution!.value).toBe(2 * 14336 + 3)
  })

  test('layers that were dense stay as they are', async () => {
    const { design } = counterpart(await of('deepseek-v3'), { kind: 'dense', equal: 'total' })
    const widths = prepare(design.architecture).decoder!.groups.map(({ blocks, layers }) => [
      layers.length,
      blocks.find(({ sublayer, formulas }) => sublayer === 'ffn' && formulas.folder === 'ffn')!
        .settings['d_ff'],
    ])
    expect(widths).toContainEqual([3, 18432])
  })

  test('an equal cache needs attention in the place of latents', async () => {
    const design = await of('deepseek-v3')
    const { design: dense, solution } = counterpart(design, { kind: 'dense', equal: 'cache' })
    expect(blocksOf(dense)).toContain('attention')
    expect(cost(dense).cache!.bytes - cost(design).cache!.bytes).toBe(solution!.residual)
  })

  test('the cache of attention is equal already', async () => {
    const design = await of('mixtral-8x7b')
    const { design: dense, solution } = counterpart(design, { kind: 'dense', equal: 'cache' })
    expect(solution).toBeNull()
    expect(cost(dense).cache).toEqual(cost(design).cache)
  })
})

test('latents for grouped queries, and back, at an equal cache', async () => {
  const llama = await of('llama-3.1-8b')
  const latent = counterpart(llama, { kind: 'mla' })
  expect(latent.solution!.residual).toBe(0)
  expect(cost(latent.design).cache!.bytes).toBe(cost(llama).cache!.bytes)
  const back = counterpart(latent.design, { kind: 'gqa' })
  expect(back.solution!.value).toBe(8)
  expect(cost(back.design).cache!.bytes).toBe(cost(llama).cache!.bytes)
})

test('all layers global: the whole context in every layer', async () => {
  const gemma = await of('gemma-3-4b')
  const { design } = counterpart(gemma, { kind: 'global' })
  expect(cost(design).cache!.bounded).toBe(0)
  expect(cost(design).params.total).toBe(cost(gemma).params.total)
})

test('untied: a table more and not a FLOP', async () => {
  const gemma = await of('gemma-3-4b')
  const { design } = counterpart(gemma, { kind: 'untied' })
  expect(cost(design).params.total - cost(gemma).params.total).toBe(cost(gemma).params.embedding)
  expect(cost(design).flops).toEqual(cost(gemma).flops)
})

test.each<[string, Wanted, RegExp]>([
  ['llama-3.1-8b', { kind: 'dense' }, /no mixture of experts/],
  ['llama-3.1-8b', { kind: 'gqa' }, /no latent attention/],
  ['mamba-130m', { kind: 'mla' }, /no grouped-query attention/],
  ['mamba-130m', { kind: 'global' }, /window/],
])('%s has nothing to exchange for %j', async (name, wanted, message) => {
  await expect(of(name).then((design) => counterpart(design, wanted))).rejects.toThrow(message)
})

describe('costs cross', () => {
  test('where one begins to cost less, to the token', async () => {
    const [mamba, pythia] = [await of('mamba-1.4b', {}), await of('pythia-1.4b', {})]
    const { crossings: found, first } = crossings(mamba, pythia, 'flops.decode', 'context')
    expect([first, found.length, found[0]!.cheaper]).toEqual(['b', 1, 'a'])
    const { at } = found[0]!
    const decode = (design: Design, context: number): number =>
      cost({ ...design, workload: { context } }).flops.decode!
    expect(decode(mamba, at)).toBeLessThanOrEqual(decode(pythia, at))
    expect(decode(mamba, at - 1)).toBeGreaterThan(decode(pythia, at - 1))
  })

  test('by the batch, for the bytes that a step reads', async () => {
    const mixtral = await of('mixtral-8x7b', {})
    const { design: dense } = counterpart(mixtral, { kind: 'dense' })
    const wider = vary(dense, { d_ff: 60000 })
    const { crossings: found } = crossings(mixtral, wider, 'bytes_read.decode_weights', 'batch')
    expect(found).toHaveLength(1)
    const read = (design: Design, batch: number): number =>
      cost({ ...design, workload: { batch } }).bytes_read.decode_weights!
    expect(read(mixtral, found[0]!.at)).toBeGreaterThan(read(wider, found[0]!.at))
    expect(read(mixtral, found[0]!.at - 1)).toBeLessThanOrEqual(read(wider, found[0]!.at - 1))
  })

  test('where both cost the same, neither costs less', async () => {
    const [next, qwen] = [await of('qwen3-next-80b-a3b', {}), await of('qwen3-30b-a3b', {})]
    const { crossings: found } = crossings(next, qwen, 'cache.bytes', 'context')
    expect(found.map(({ at, cheaper }) => [at, cheaper])).toEqual([
      [1072, 'neither'],
      [1073, 'a'],
    ])
    const cache = (design: Design, context: number): number =>
      cost({ ...design, workload: { context } }).cache!.bytes
    expect(cache(next, 1072)).toBe(cache(qwen, 1072))
    expect(cache(next, 1073)).toBeLessThan(cache(qwen, 1073))
  })

  test('nowhere, where one always costs less', async () => {
    expect(
      crossings(await of('deepseek-v3'), await of('llama-3.1-8b'), 'cache.bytes', 'context'),
    ).toMatchObject({ crossings: [], first: 'a' })
  })
})

describe('MHA for shared heads', () => {
  test('of grouped queries every query head has keys and values of its own, so the cache grows as heads do', async () => {
    const llama = await of('llama-3.1-8b')
    const { design, solution } = counterpart(llama, { kind: 'mha' })
    expect(solution).toBeNull()
    // 32 query heads shared 8.
    expect(cost(design).cache!.bytes).toBe(4 * cost(llama).cache!.bytes)
  })
  test('of latents too, and not where nothing is shared', async () => {
    expect(blocksOf(counterpart(await of('deepseek-v2-lite'), { kind: 'mha' }).design)).toContain(
      'attention',
    )
    const gpt2 = await of('gpt2', {})
    expect(() => counterpart(gpt2, { kind: 'mha' })).toThrow(/no shared key-value head/)
  })
})

test('what is solved for is a multiple of what is wanted, and nothing else is asked to be', async () => {
  const mixtral = await of('mixtral-8x7b')
  const { solution } = counterpart(mixtral, { kind: 'dense' }, { multiple_of: { d_ff: 384 } })
  expect(Number(solution!.value) % 384).toBe(0)
  expect(() => counterpart(mixtral, { kind: 'dense' }, { multiple_of: { d_model: 64 } })).toThrow(
    /d_model is nothing that this counterpart solves for/,
  )
  expect(() => counterpart(mixtral, { kind: 'untied' }, { multiple_of: 64 })).toThrow(
    /a multiple is nothing/,
  )
})

test('what a model lacks is known before anything is solved for', async () => {
  const wants: Wanted[] = [
    { kind: 'dense', equal: 'active' },
    { kind: 'gqa' },
    { kind: 'mla' },
    { kind: 'global' },
    { kind: 'untied' },
  ]
  const lacks = async (name: string): Promise<string[]> => {
    const { architecture } = await of(name)
    return wants.filter((want) => missing(architecture, want) !== null).map(({ kind }) => kind)
  }
  expect(await lacks('llama-3.1-8b')).toEqual(['dense', 'gqa', 'global', 'untied'])
  expect(await lacks('deepseek-v3')).toEqual(['mla', 'global', 'untied'])
  expect(await lacks('gemma-3-27b')).toEqual(['dense', 'gqa'])
  expect(await lacks('mamba-130m')).toEqual(['dense', 'gqa', 'mla', 'global'])
})
