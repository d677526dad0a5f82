/** In which format states are kept: as is said, as the model asks, or as the runtime does where neither is. */
import { describe, expect, test } from 'vitest'
import { fit, type Fit } from '../../../src/engine/deploy/fit.ts'
import { evaluate, prepare, type Workload } from '../../../src/engine/index.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'
import { importConfig } from '../../../src/import/index.ts'

const on = async (
  name: string,
  runtime: string,
  workload: Partial<Workload> = {},
  formats: object = {},
): Promise<Fit> =>
  fit(
    prepare((await loadModel(name)).architecture),
    { device: 'H200 SXM', runtime, formats },
    { context: 4096, ...workload },
  )

/** States and columns of a sequence with so many bytes an element. */
const kept = async (name: string, state: number, convolution: number): Promise<number> =>
  statesOf(await on(name, 'none', {}, { cache: { state, convolution } }))
const statesOf = ({ per_rank }: Fit): number => per_rank.states_per_sequence

describe('states', () => {
  test.each([
    ['granite-4.0-h-micro', 'none', 4, 4],
    ['granite-4.0-h-micro', 'vllm', 2, 2],
    ['granite-4.0-h-micro', 'sglang', 4, 2],
    ['granite-4.0-h-micro', 'tensorrt-llm', 2, 2],
    ['granite-4.0-h-micro', 'llama-cpp', 4, 4],
    ['qwen3.5-0.8b', 'vllm', 4, 2],
    ['nemotron-nano-9b-v2', 'vllm', 4, 2],
    ['lfm2-350m', 'vllm', 2, 2],
  ])('of %s under %s take %i bytes, columns %i', async (name, runtime, state, convolution) => {
    expect(statesOf(await on(name, runtime))).toBe(await kept(name, state, convolution))
  })

  test('what is said goes before what a model asks for, and what a deployment says before all', async () => {
    const name = 'qwen3.5-0.8b'
    const said = await on(name, 'vllm', { bytes_per_state: 2 })
    expect(statesOf(said)).toBe(await kept(name, 2, 2))
    expect(said.notes.join()).not.toMatch(/states in|kept in/)
    const named = await on(name, 'vllm', { bytes_per_state: 2 }, { cache: { state: 'fp32' } })
    expect(statesOf(named)).toBe(await kept(name, 4, 2))
    const whatever = await on(name, 'llama-cpp', { bytes_per_state: 2 })
    expect(statesOf(whatever)).toBe(await kept(name, 4, 4))
  })

  test('who chose the format is told', async () => {
    expect((await on('qwen3.5-0.8b', 'vllm')).notes).toEqual(
      expect.arrayContaining([
        'states in fp32, as the model asks',
        'of the cache, convolution is kept in bf16 by vLLM',
      ]),
    )
    expect((await on('granite-4.0-h-micro', 'vllm')).notes).toContain(
      'of the cache, state and convolution are kept in bf16 by vLLM',
    )
    expect((await on('llama-3.2-1b', 'vllm')).notes.join()).not.toMatch(/kept in|as the model/)
  })

  test('a deployment that is printed gives the same when it is read', async () => {
    for (const name of ['granite-4.0-h-micro', 'qwen3.5-0.8b', 'lfm2-350m'])
      for (const runtime of ['none', 'vllm', 'sglang', 'llama-cpp']) {
        const found = await on(name, runtime, { bytes_per_keys: 1 })
        const again = fit(prepare((await loadModel(name)).architecture), found.deployment)
        expect(again.runtime_cache).toEqual(found.runtime_cache)
        expect(again.deployment).toEqual(found.deployment)
      }
  })

  test('a step reads them in the format that they are kept in', async () => {
    const { at_least: half } = await on('granite-4.0-h-micro', 'vllm', { batch: 512 })
    const { at_least: whole } = await on('granite-4.0-h-micro', 'none', { batch: 512 })
    expect(half!.step).toBeLessThan(whole!.step!)
  })
})

/** As https://github.com/vllm-project/vllm/issues/28228 logs it: 960 tokens, of which 1.89 % pads a state. */
test('states of Kimi Delta Attention are in 32 bits under vLLM, beside columns in sixteen', () => {
  const model = prepare(importConfig({ model_type: 'kimi_linear' }).architecture)
  const found = fit(model, {
    device: 'RTX 3090',
    devices: 2,
    runtime: { name: 'vllm', prefix_caching: 'none' },
  })
  const state = statesOf(found) / 21
  expect(state).toBe(16 * 128 * 128 * 4 + 3 * 3 * 2048 * 2)
  expect(found.runtime_cache.block_tokens).toBe(960)
  expect((960 * (512 + 64) * 2) / state).toBeCloseTo(1.0189, 4)
})

test('without a runtime states are as the model asks for them', async () => {
  const { architecture } = await loadModel('mamba-1.4b')
  const bytes = (states?: string | number): number =>
    evaluate(prepare({ ...architecture, ...(states !== undefined && { states }) })).cache!.bytes
  expect(bytes('fp32')).toBe(bytes())
  expect(bytes('bf16') * 2).toBe(bytes())
  expect(bytes(1) * 4).toBe(bytes())
  expect(() => bytes('bf61')).toThrow(/states: "bf61" is given, but a format .*did you mean bf16/)
})
