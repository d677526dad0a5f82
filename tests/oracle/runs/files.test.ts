/** Holds the bytes of weights against files that were published, and against what tools and runtimes printed. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { readWorkloadText, workloadKeyNamed } from '../../../src/engine/workload-text.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'

const files = z.strictObject({
  about: z.string(),
  files: z.array(
    z.strictObject({
      model: z.string(),
      /** As --dtype takes them; null where nothing is said. */
      weights: z.string().nullable(),
      bits: z.number().optional(),
      GiB: z.number().optional(),
      GB: z.number().optional(),
      bytes: z.int().optional(),
      source: z.string(),
    }),
  ),
})
const cases = files.parse(
  JSON.parse(readFileSync(new URL('files.json', import.meta.url), 'utf8')),
).files

test.each(cases)('$model in $weights', async ({ model, weights, bits, GiB, GB, bytes }) => {
  const { architecture } = await loadModel(model)
  const said = weights === null ? {} : readWorkloadText(workloadKeyNamed('dtype')!, weights, '')
  const cost = evaluate(prepare(architecture), said)
  const held = cost.weights.bytes
  expect(Number.isInteger(held)).toBe(true)
  if (bits !== undefined) expect(((8 * held) / cost.params.total).toFixed(4)).toBe(bits.toFixed(4))
  if (bytes !== undefined) expect(held).toBe(bytes)
  const published = GiB === undefined ? GB && GB * 1e9 : GiB * 2 ** 30
  if (published !== undefined) expect(Math.abs(held / published - 1)).toBeLessThan(0.002)
})
