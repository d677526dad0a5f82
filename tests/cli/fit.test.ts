/** `archcost fit`: its JSON, its tables, and what it refuses. */
import { expect, test } from 'vitest'
import type { Fit } from '../../src/engine/deploy/fit.ts'
import { archcost } from './archcost.ts'

test('its JSON holds what one rank, one copy and all devices hold', async () => {
  const { out } = await archcost(['fit', 'deepseek-v3', '--on', '8xH200 SXM', '--runtime', 'vllm', '--format', 'json']) // prettier-ignore
  const found = JSON.parse(out) as object
  expect(found).toMatchObject({
    name: 'deepseek-v3',
    deployment: {
      device: 'NVIDIA H200 SXM',
      devices: 8,
      parallel: { tp: 8, pp: 1 },
      runtime: { name: 'vllm' },
    },
    fits: true,
    min_devices: 8,
    runtime_cache: { parts: { latent: 511705088, rotary: 63963136 } },
    marks: { weights: 'exact', working: 'expected', reserve: 'assumed', max_batch: 'assumed' },
  })
  expect(found).toMatchObject({ deployment: { formats: { compute: 'bf16' } } })
  expect(Object.keys((found as { per_rank: object }).per_rank)).toEqual([
    'weights', 'cache_per_sequence', 'states_per_sequence', 'working', 'reserve', 'available', 'headroom',
  ]) // prettier-ignore
})

test('several models are rows of a table, and objects of a list', async () => {
  const { out } = await archcost(['fit', 'llama-3.1-8b', 'llama-3.1-70b', '--on', 'H100 SXM'])
  expect(out).toMatch(/llama-3\.1-8b +yes/)
  expect(out).toMatch(/llama-3\.1-70b +no/)
  const { out: csv } = await archcost(['fit', 'llama-3.1-8b', 'llama-3.1-70b', '--format', 'csv'])
  expect(csv.split('\n')[2]).toMatch(/^llama-3\.1-70b,"1 x NVIDIA H100 SXM, no runtime",false,/)
})

test('says what was taken for what is not said, and what cuts nothing', async () => {
  const { out } = await archcost(['fit', 'llama-3.1-8b'])
  expect(out).toContain('No device is said (--on), so H100 SXM is taken.')
  const said = await archcost(['fit', 'llama-3.1-8b', '--on', '4x24GB', '--ep', '4'])
  expect(said.out).toContain('fits on 4 x 24,000,000,000 bytes, tp 4')
  expect(said.out).toContain('There are no experts that ep 4 could share out.')
  expect(said.out).not.toContain('No device is said')
  const mixture = await archcost(['fit', 'qwen3-30b-a3b', '--on', '4xA100 SXM 80GB', '--ep', '4'])
  expect(mixture.out).not.toContain('no experts')
})

test('what products are computed in is said apart from the weights', async () => {
  const words = ['fit', 'llama-3.1-8b', '--on', 'H100 SXM', '--format', 'json']
  const read = async (...more: string[]): Promise<Fit> =>
    JSON.parse((await archcost([...words, ...more])).out) as Fit
  const [plain, half] = [await read(), await read('--compute-dtype', 'fp8')]
  // Dense peaks of the data sheet, in TFLOP/s.
  expect(plain.at_least!.prefill / half.at_least!.prefill).toBeCloseTo(1978.9 / 989.4, 6)
  const { deployment } = await read('--compute-dtype', 'linear=fp8,attention=bf16')
  expect(deployment.formats!.compute).toEqual({ linear: 'fp8', attention: 'bf16' })
})

test.each([
  [['llama-3.1-8b', '--compute-dtype', 'int4'], 1, /formats\.compute\.default: "int4" is nothing that .* computes/],
  [['llama-3.1-8b', '--on', '3xH100 SXM'], 1, /tp: 3 does not divide n_heads \(32\) of mixer/],
  [['llama-3.1-8b', '--on', '4xH100 SXM', '--tp', '8'], 1, /devices: 4 are not tp 8 .* = 8/],
  [['llama-3.1-8b', '--tp', '1.5'], 2, /^archcost: --tp: "1\.5" is not a whole number/],
  [['llama-3.1-8b', '--runtime', 'vlm'], 1, /"vlm" is no runtime; did you mean vllm\?/],
  [['llama-3.1-8b', '--runtime', 'vllm', '--set', 'runtime.share=1'], 1, /runtime\.share: is no setting of vllm/],
  [['llama-3.1-8b', '--set', 'runtime.block=16'], 2, /--set runtime\.block goes with --runtime/],
  [['llama-3.1-8b', '--on', '2xL40S', '--runtime', 'transformers'], 1, /taken on one device/],
  [['llama-3.1-8b', '--cache-dtype', 'key=q8_0'], 1, /formats\.cache\.key: is none of keys,/],
  [[], 2, /fit needs MODEL…, or --all/],
] as [string[], number, RegExp][])('%j is refused', async (words, status, message) => {
  const ran = await archcost(['fit', ...words])
  expect(ran.err).toMatch(message)
  expect([ran.status, ran.out]).toEqual([status, ''])
}) // prettier-ignore
