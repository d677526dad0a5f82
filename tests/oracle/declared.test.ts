/** Holds families that were not built against the shapes of the tensors that their model code declares. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const shapes = z.array(
  z.strictObject({
    id: z.string(),
    total: z.int(),
    active: z.int(),
    by_layer: z.array(z.int()),
    cache: z.strictObject({ context: z.int(), bytes: z.int() }).optional(),
    config: z.record(z.string(), z.unknown()),
  }),
)
const file = new URL('declared/shapes.json', import.meta.url)
const cases = shapes.parse(JSON.parse(readFileSync(file, 'utf8')))

describe('shapes that model code declares', () => {
  test.each(cases)('$id', ({ total, active, by_layer, cache, config }) => {
    const { architecture, report } = importConfig(config)
    const cost = evaluate(prepare(architecture), cache && { context: cache.context })
    expect(cost.params.total).toBe(total)
    expect(cost.params.active).toBe(active)
    expect(cost.params.by_layer).toEqual(by_layer)
    if (cache) expect(cost.cache?.bytes).toBe(cache.bytes)
    expect(report.not_understood).toEqual([])
  })
})
