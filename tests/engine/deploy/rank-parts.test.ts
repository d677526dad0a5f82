/** What a rank holds, part by part: which parts are cut, and which stand on other ranks too. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attempt, ArchcostError } from '../../../src/architecture/errors.ts'
import { fit, type Fit } from '../../../src/engine/deploy/fit.ts'
import { prepare } from '../../../src/engine/index.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'
import { anyArchitecture } from '../laws/architectures.ts'
import { add } from '../laws/cost.ts'
import { workload } from '../laws/workloads.ts'

const of = async (name: string, deployment: object, given = {}): Promise<Fit> =>
  fit(prepare((await loadModel(name)).architecture), { device: 'H200 SXM', ...deployment }, given)

const bytesOf = (found: Fit, of_what: 'weights' | 'cache', copies?: number): number =>
  add(
    found.per_rank_parts.flatMap((part) =>
      part.of === of_what && (copies === undefined || part.copies === copies) ? [part.bytes] : [],
    ),
  )

describe('parts of a rank', () => {
  test('of DeepSeek-V3 on eight: latents stand on each, experts are cut', async () => {
    const found = await of('deepseek-v3', { devices: 8 })
    const part = (name: string) => found.per_rank_parts.filter((each) => each.name === name)
    expect(part('latent')).toMatchObject([{ of: 'cache', cut_by: null, copies: 8 }])
    expect(part('experts')).toMatchObject([{ of: 'weights', cut_by: 'experts', copies: 1 }])
    expect(part('norm')).toMatchObject([{ cut_by: null, copies: 8 }])
    // 61 layers keep 576 values of a token whole.
    expect(bytesOf(found, 'cache', 8)).toBe(61 * 576 * 2 * 8192)
  })

  test('of Qwen3-235B on eight: each of its four key-value heads stands on two', async () => {
    const found = await of('qwen3-235b-a22b', { devices: 8 })
    expect(found.per_rank_parts.filter(({ of: what }) => what === 'cache')).toMatchObject([
      { name: 'keys', cut_by: 'kv_heads', copies: 2 },
      { name: 'values', cut_by: 'kv_heads', copies: 2 },
    ])
    // 94 layers of keys and values, 4,096 to 128 each.
    expect(bytesOf(found, 'weights', 2)).toBe(94 * 2 * 4096 * 128 * 2)
  })

  test('under data-parallel attention all but experts is whole on each, and the cache is not', async () => {
    const found = await of('qwen3-235b-a22b', { devices: 8, parallel: { dp_attention: true } })
    for (const { of: what, name, copies } of found.per_rank_parts)
      expect([what, name, copies]).toEqual([what, name, what === 'cache' || name === 'experts' ? 1 : 8]) // prettier-ignore
  })

  test('tokens of a growing cache are shared out under context parallelism, and states are not', async () => {
    const found = await of('qwen3-next-80b-a3b', { parallel: { cp: 2 } })
    const copies = Object.fromEntries(
      found.per_rank_parts.flatMap((part) => (part.of === 'cache' ? [[part.name, part.copies]] : [])),
    ) // prettier-ignore
    expect(copies).toEqual({ keys: 1, values: 1, state: 2, convolution: 2 })
  })

  test('hold what the runtime holds: what it adds beside the rest, and no table that it leaves out', async () => {
    const vllm = await of('llama-3.1-8b', { runtime: 'vllm' })
    expect(vllm.per_rank_parts.find(({ name }) => name === 'runtime')).toMatchObject({ copies: null, bytes: 2 * 131072 * 128 }) // prettier-ignore
    const llama_cpp = await of('llama-3.1-8b', { runtime: 'llama-cpp' })
    expect(llama_cpp.per_rank_parts.map(({ name }) => name)).not.toContain('embedding')
    for (const found of [vllm, llama_cpp]) {
      expect(bytesOf(found, 'weights')).toBeCloseTo(found.per_rank.weights, 0)
      expect(bytesOf(found, 'cache')).toBeCloseTo(found.runtime_cache.bytes, 0)
    }
  })

  test('add up to what the rank holds, and over the ranks that hold other pieces to one copy at least', () => {
    const degree = fc.constantFrom(1, 2, 4)
    fc.assert(
      fc.property(anyArchitecture, workload, fc.tuple(degree, degree), (document, given, [tp, cp]) => {
        const found = attempt(() => fit(prepare(document), { parallel: { tp, cp } }, given))
        if (found instanceof ArchcostError) return
        const near = (a: number, b: number): void =>
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.abs(b))
        near(bytesOf(found, 'weights'), found.per_rank.weights)
        near(bytesOf(found, 'cache'), found.runtime_cache.bytes)
        const pieces = found.per_rank_parts.map(({ of: what, copies, bytes }) =>
          what === 'weights' ? (bytes * tp * cp) / copies! : 0,
        )
        expect(add(pieces)).toBeGreaterThanOrEqual(found.total.weights * (1 - 1e-9))
      }),
      { numRuns: 30 },
    ) // prettier-ignore
  })
})
