/** No measurement beats a bound: passes and requests that were timed take at least what the roofline says. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { scenarioValues } from '../../src/engine/explanations.ts'
import { findDevice } from '../../src/engine/hardware.ts'
import { completeWorkload, prepare, type Model, type Workload } from '../../src/engine/index.ts'
import { loadModel } from '../../src/import/catalog/index.ts'
import { importConfig } from '../../src/import/index.ts'

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`time/${file}`, import.meta.url), 'utf8'))

function bound(
  model: Model,
  workload: Partial<Workload>,
  device: string,
  compute = 'bf16',
): (quantity: string) => number {
  const choices = { device: findDevice(device), set: { compute } }
  const values = scenarioValues('roofline', model, completeWorkload(model, workload), choices)
  return (quantity) => values[quantity] as number
}
const published = async (name: string): Promise<Model> =>
  prepare((await loadModel(name)).architecture)

describe('a timed pass is no faster than its bound', () => {
  const configs = z.record(z.string(), z.record(z.string(), z.unknown())).parse(read('configs.json'))
  const { device, runs } = z
    .object({
      device: z.string(),
      runs: z.array(
        z.strictObject({
          model: z.string(),
          layers: z.int().nullable(),
          pass: z.enum(['prefill', 'decode', 'decode graph']),
          batch: z.int(),
          tokens: z.int(),
          seconds: z.number(),
        }),
      ),
    })
    .parse(read('h200.json'))
  const named = runs.map((run): [string, typeof run] => [
    `${run.model}, ${run.pass}, ${run.batch} x ${run.tokens}`,
    run,
  ])
  test.each(named)('%s', (_name, { model: name, layers, pass, batch, tokens, seconds }) => {
    const config = { ...configs[name]!, ...(layers && { num_hidden_layers: layers }) }
    const model = prepare(importConfig(config).architecture)
    const least = bound(model, { context: tokens, batch }, device)
    expect(seconds).toBeGreaterThan(least(pass === 'prefill' ? 'prefill_seconds' : 'seconds'))
  })
})

describe('requests under full load are no faster than their products', () => {
  const { runs } = z
    .object({
      runs: z.array(
        z.strictObject({
          model: z.string(),
          as: z.string(),
          device: z.string(),
          compute: z.string(),
          bytes_per_weight: z.number(),
          input: z.int(),
          output: z.int(),
          tokens_per_second: z.number(),
        }),
      ),
    })
    .parse(read('throughput.json'))
  test.each(runs)(
    '$as on $device in $compute, $input to $output',
    async ({ model: name, device, compute, bytes_per_weight, input, output, ...measured }) => {
      const model = await published(name)
      const at = (context: number): ((quantity: string) => number) =>
        bound(model, { context, bytes_per_weight }, device, compute)
      // Weights may be read for ever more requests at once; FLOPs are each request's own.
      const { prefill_flops, peak } = { prefill_flops: at(input)('prefill_flops'), peak: at(input)('peak') }
      const seconds = prefill_flops / peak + (output - 1) * at(input)('compute_seconds')
      expect(measured.tokens_per_second).toBeLessThan(output / seconds)
    },
  )
})

describe('one sequence decodes no faster than its bound', () => {
  const { runs } = z
    .object({
      runs: z.array(
        z.strictObject({
          model: z.string(),
          format: z.string(),
          device: z.string(),
          bytes_per_weight: z.number(),
          context: z.int(),
          tokens_per_second: z.number(),
        }),
      ),
    })
    .parse(read('decode.json'))
  test.each(runs)(
    '$model in $format at $context tokens on $device',
    async ({ model, device, bytes_per_weight, context, tokens_per_second }) => {
      const most = bound(await published(model), { context, bytes_per_weight }, device)
      expect(tokens_per_second).toBeLessThan(most('tokens_per_second'))
    },
  )
})

test('a prefill of one token takes as long as the decode step that sees one', async () => {
  const run = { context: 1, bytes_per_weight: 2 }
  const least = bound(await published('deepseek-v3'), run, 'NVIDIA H200 SXM')
  expect(least('prefill_seconds')).toBeCloseTo(least('seconds'), 6)
  expect(least('prefill_seconds')).toBeCloseTo(0.0154, 3)
})

test('states are written as well as read', async () => {
  const model = await published('mamba-130m')
  const step = (batch: number): number =>
    bound(model, { context: 1024, batch }, 'NVIDIA H200 SXM')('step_bytes')
  // 24 layers: states of 1,536 by 16 in four bytes read and written, three columns of the convolution read.
  expect(step(9) - step(8)).toBe(24 * 1536 * 4 * (2 * 16 + 3))
})

test.each([
  ['fp8', 2],
  ['bf16', 1],
])('products in %s take %d times fewer seconds than in sixteen bits', async (compute, times) => {
  const model = await published('llama-3.1-8b')
  const least = (format: string): number =>
    bound(model, { context: 8192, bytes_per_weight: 0.5 }, 'NVIDIA B200 SXM', format)('compute_seconds')
  expect(least('bf16') / least(compute)).toBe(times)
})

test('a device that has no products of a format refuses to compute in it', async () => {
  const model = await published('llama-3.1-8b')
  expect(() => bound(model, {}, 'NVIDIA A100 SXM 80GB', 'fp8')).toThrow(/computes nothing in fp8/)
})
