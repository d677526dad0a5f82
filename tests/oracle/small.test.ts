/** Holds import and engine against small configs with settings drawn at random, measured on the real model code. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { rotary } from '../../src/engine/rotary.ts'
import { importConfig } from '../../src/import/index.ts'

const cases = z
  .array(
    z.strictObject({
      id: z.string(),
      config: z.record(z.string(), z.unknown()),
      context: z.int(),
      source: z.int().optional(),
      images: z.strictObject({ count: z.int(), width: z.int(), height: z.int() }).optional(),
      total: z.int(),
      whole: z.int().optional(),
      active: z.int().optional(),
      by_layer: z.array(z.int()).optional(),
      prefill: z.int().optional(),
      towers: z.int().optional(),
      transformers: z.int().optional(),
      inv_freq: z.array(z.array(z.number())).optional(),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('small.json', import.meta.url), 'utf8')))

const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b))

describe('small models with settings drawn at random', () => {
  test.each(cases)('$id', ({ config, context, source, images, inv_freq = [], ...measured }) => {
    const model = prepare(importConfig(config).architecture)
    const workload = {
      context,
      ...(source !== undefined && { source }),
      ...(images !== undefined && { images }),
      pairs: 'full',
      head: 'all',
      bytes_per_state: 2,
    } as const
    const { params, flops, cache } = evaluate(model, workload)
    expect(params.total).toBe(measured.total)
    if (measured.whole !== undefined) expect(params.whole?.total).toBe(measured.whole)
    if (measured.towers !== undefined) expect(flops.towers).toBe(measured.towers)
    if (measured.active !== undefined) expect(params.active).toBe(measured.active)
    if (measured.by_layer !== undefined) expect(params.by_layer).toEqual(measured.by_layer)
    if (measured.prefill !== undefined) expect(flops.prefill).toBe(measured.prefill)
    if (measured.transformers !== undefined)
      expect(cache?.by_runtime.transformers).toBe(measured.transformers)
    for (const table of inv_freq) {
      const fitting = rotary(model, { context })?.filter(
        (entry) =>
          entry.inv_freq.length === table.length &&
          table.every((value, index) => near(value, entry.inv_freq[index]!)),
      )
      expect(fitting).not.toHaveLength(0)
    }
  })
})
