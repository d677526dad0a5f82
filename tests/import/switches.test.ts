/**
 * One key of a family's default config turned over or another size: parameters of the whole model, built from that config
 * with the library (transformers 5.18) and counted there. `tests/oracle/measure/switches.py` turns over every key.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const cases = z
  .array(z.object({ id: z.string(), config: z.record(z.string(), z.unknown()), whole: z.int() }))
  .parse(JSON.parse(readFileSync(new URL('switches.json', import.meta.url), 'utf8')))

test.each(cases)('$id', ({ config, whole }) => {
  const { params } = evaluate(prepare(importConfig(config).architecture), {})
  expect(params.whole?.total ?? params.total).toBe(whole)
})
