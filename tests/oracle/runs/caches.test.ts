/** Holds caches whose keys and values have formats of their own against what runtimes logged. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { bytesInFormat } from '../../../src/architecture/formats.ts'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'

const file = z.strictObject({
  about: z.string(),
  caches: z.array(
    z.strictObject({
      model: z.string(),
      context: z.int(),
      keys: z.string(),
      values: z.string(),
      MiB: z.number(),
      source: z.string(),
    }),
  ),
})
const { caches } = file.parse(
  JSON.parse(readFileSync(new URL('caches.json', import.meta.url), 'utf8')),
)

test.each(caches)('$model, keys in $keys and values in $values', async (run) => {
  const model = prepare((await loadModel(run.model)).architecture)
  const { cache } = evaluate(model, {
    context: run.context,
    bytes_per_keys: bytesInFormat(run.keys)!,
    bytes_per_values: bytesInFormat(run.values)!,
  })
  expect((cache!.bytes / 2 ** 20).toFixed(2)).toBe(run.MiB.toFixed(2))
})

test('keys and values are in the format of the cache unless said', async () => {
  const model = prepare((await loadModel('mistral-nemo-12b')).architecture)
  const bytes = (workload: object): number => evaluate(model, workload).cache!.bytes
  expect(bytes({ bytes_per_cache: 1 })).toBe(bytes({}) / 2)
  expect(bytes({ bytes_per_keys: 1 })).toBe((bytes({}) * 3) / 4)
  expect(bytes({ bytes_per_cache: 1, bytes_per_values: 2 })).toBe((bytes({}) * 3) / 4)
})
