/** Holds import and engine against figures measured on the real model code, to the last digit. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { evaluate, prepare, type Cost, type Workload } from '../../src/engine/index.ts'
import { rotary } from '../../src/engine/rotary.ts'
import { importConfig } from '../../src/import/index.ts'

const run = { context: z.int(), source: z.int().optional() }
const cases = z.array(
  z.strictObject({
    id: z.string(),
    measured_on: z.string(),
    published: z.int().optional(),
    config: z.record(z.string(), z.unknown()),
    config_full: z.record(z.string(), z.unknown()).optional(),
    params: z.strictObject({
      total: z.int(),
      active: z.int(),
      embedding: z.int(),
      head: z.int(),
      by_layer: z.array(z.tuple([z.int(), z.int()])),
    }),
    flops: z.array(z.strictObject({ ...run, prefill: z.int() })).optional(),
    cache: z
      .array(
        z.strictObject({
          ...run,
          bytes_per_cache: z.int(),
          bytes: z.int().optional(),
          transformers: z.int(),
        }),
      )
      .optional(),
    rope: z
      .array(
        z.strictObject({
          layers: z.string(),
          context: z.int(),
          first: z.array(z.number()),
          last: z.array(z.number()),
          attention_factor: z.number(),
        }),
      )
      .optional(),
  }),
)

const folder = new URL('cases/', import.meta.url)
const families = readdirSync(folder).map((file) => ({
  family: file.replace('.json', ''),
  cases: cases.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
}))

const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b))

const languageModel = ({ params: { whole: _whole, ...own }, flops, cache }: Cost) => ({
  own,
  flops,
  cache,
})

describe.each(families)('$family', ({ cases: ofFamily }) => {
  test.each(ofFamily)('$id', ({ config, config_full, params, flops, cache, rope }) => {
    const { architecture, report } = importConfig(config)
    const model = prepare(architecture)
    const cost = (workload: Partial<Workload>) => evaluate(model, workload)
    const counted = cost({ context: 128 }).params
    expect(counted).toMatchObject({
      total: params.total,
      active: params.active,
      embedding: params.embedding,
      head: params.head,
    })
    expect(counted.by_layer).toEqual(
      params.by_layer.flatMap(([each, layers]) => Array.from({ length: layers }, () => each)),
    )
    for (const { context, source, prefill } of flops ?? []) {
      const workload = { context, pairs: 'full', head: 'all', ...(source && { source }) } as const
      expect(cost(workload).flops.prefill).toBe(prefill)
    }
    for (const { context, source, bytes_per_cache, bytes, transformers } of cache ?? []) {
      const bytes_per_state = bytes_per_cache
      const held = cost({ context, bytes_per_cache, bytes_per_state, ...(source && { source }) })
      expect(held.cache?.by_runtime.transformers).toBe(transformers)
      if (bytes !== undefined) expect(held.cache?.bytes).toBe(bytes)
    }
    for (const { context, first, last, attention_factor } of rope ?? []) {
      const fitting = rotary(model, { context })?.filter(
        (entry) =>
          first.every((value, index) => near(value, entry.inv_freq[index]!)) &&
          last.every((value, index) => near(value, entry.inv_freq.at(index - last.length)!)) &&
          near(attention_factor, entry.attention_factor),
      )
      expect(fitting).not.toHaveLength(0)
    }
    expect(report.not_understood).toEqual([])
    if (config_full) {
      const whole = importConfig(config_full)
      // Without images, what sees them on both sides costs what the language model costs alone.
      const own = languageModel(evaluate(prepare(whole.architecture)))
      expect(own).toEqual(languageModel(evaluate(model)))
      expect(new Set(whole.notes.map(({ level }) => level))).toEqual(new Set(['info']))
    }
  })
})
