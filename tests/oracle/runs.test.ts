/** What deployments hold against logs of runtimes, published files and measured peaks. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { fit } from '../../src/engine/deploy/fit.ts'
import { prepare, withExtra } from '../../src/engine/index.ts'
import { findSetting, vary } from '../../src/engine/vary/index.ts'
import { loadModel } from '../../src/import/catalog/index.ts'
import { importConfig } from '../../src/import/index.ts'

const read = (file: string): unknown =>
  parse(readFileSync(new URL(`runs/${file}`, import.meta.url), 'utf8'))

const expected = z.strictObject({
  value: z.number().optional(),
  GiB: z.number().optional(),
  MiB: z.number().optional(),
  within: z.number().optional(),
})
const { runs } = z
  .strictObject({
    runs: z.array(
      z.strictObject({
        of: z.string(),
        source: z.url(),
        model: z.string(),
        with: z.array(z.string()).default([]),
        set: z.record(z.string(), z.number()).default({}),
        deployment: z.record(z.string(), z.unknown()),
        workload: z.record(z.string(), z.number()).default({}),
        expect: z.record(z.string(), expected),
      }),
    ),
  })
  .parse(read('runs.yaml'))

describe('what was logged comes out', () => {
  test.each(runs)('$of', async ({ model: name, with: names, set, deployment, workload, expect: wanted }) => {
    const architecture = withExtra((await loadModel(name)).architecture, names)
    const changed = vary({ architecture, workload: {} }, set).architecture
    for (const address of Object.keys(set)) findSetting(architecture, address)
    const found = fit(prepare(changed), deployment, workload)
    for (const [path, said] of Object.entries(wanted)) checkNumber(numberAt(found, path), said)
  })
})

const numberAt = (found: object, path: string): number =>
  Number(path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], found))

/** As logged: to the last digit that was, unless it says how far off it may be. */
function checkNumber(found: number, { value, GiB, MiB, within }: z.infer<typeof expected>): void {
  const [logged, unit, digits] =
    GiB !== undefined ? [GiB, 2 ** 30, 4] : MiB !== undefined ? [MiB, 2 ** 20, 2] : [value!, 1, 0]
  const places = Math.min(digits, String(logged).split('.')[1]?.length ?? 0)
  const off = within === undefined ? 0.5 * 10 ** -places : within * logged
  expect(found / unit).toBeGreaterThanOrEqual(logged - off * (1 + 1e-9))
  expect(found / unit).toBeLessThanOrEqual(logged + off * (1 + 1e-9))
}

describe('the peak of a prefill under transformers', () => {
  const { prefills } = z
    .strictObject({
      prefills: z.array(
        z.strictObject({
          model: z.string(),
          layers: z.number().optional(),
          batch: z.number(),
          tokens: z.number(),
          peak: z.number(),
        }),
      ),
    })
    .parse(read('h200-prefill.yaml'))
  const configs = z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .parse(JSON.parse(readFileSync(new URL('time/configs.json', import.meta.url), 'utf8')))

  test('is within a hundredth of working memory and cache in the median, a tenth in nine of ten', () => {
    const off = prefills.map(({ model, layers, batch, tokens, peak }) => {
      const config = { ...configs[model]!, ...(layers && { num_hidden_layers: layers }) }
      const { per_rank, runtime_cache } = fit(
        prepare(importConfig(config).architecture),
        { device: 'H200 SXM', runtime: 'transformers' },
        { context: tokens, batch },
      )
      return Math.abs((per_rank.working + runtime_cache.bytes) / peak - 1)
    })
    const sorted = off.toSorted((a, b) => a - b)
    const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!
    expect(at(0.5)).toBeLessThan(0.01)
    // The largest: routers of DeepSeek weigh in 32 bits, and the first run of a process holds a workspace.
    expect(at(0.9)).toBeLessThan(0.1)
  })
})
