/** Formula files of one's own: computed as archcost's are, wherever something is computed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
// What a process has learnt it knows until it ends, so each has one of its own.
import { archcostProcess as archcost } from './archcost.ts'

const block = `block: average-mixer
title: Running average
about: Every token takes the average of a projection of all tokens so far.
sources:
  average: {title: A running average, url: https://example.org/average}
settings:
  width: {label: Averaged width, type: count, default: 2 * d_model}
quantities:
  params:
    counts: parameter
    sum:
      in_and_out: {role: state, cut: none, expr: 2 * d_model * width}
  flops:
    unit: FLOP
    sum:
      in_and_out: {kind: linear, cut: none, expr: flops_per_mac * n_new * params.in_and_out}
  cache_bytes:
    unit: byte
    sum:
      running_sum: {grows: fixed, cut: none, holds: state, expr: width * bytes_per_state}
zero: [setup_flops, elementwise_flops, activation_bytes]
examples:
  - of: a width of 8
    given: {d_model: 4, n_new: 1}
    expect: {params: 64, flops: 128}
`

const folder = mkdtempSync(join(tmpdir(), 'archcost-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const formulas = write('average-mixer.yaml', block)
/** Three layers, the first one narrower: 16 + 64 + 64 parameters. */
const layers = {
  name: 'mixer',
  block: 'average-mixer',
  except: [{ layers: { first: 1 }, width: 2 }],
}
const stack = { role: 'decoder', n_layers: 3, input: [], layer: [layers], output: [] }
const model = write(
  'averages.json',
  JSON.stringify({ name: 'Averages', d_model: 4, max_context: 64, stacks: [stack] }),
)
const run = (...words: string[]) => archcost([...words, '--formulas', formulas])

test('a block in a file of its own is computed, without a checkout', async () => {
  const { out, err, status } = await run('cost', model, '--format', 'json')
  expect([status, err]).toEqual([0, ''])
  expect(JSON.parse(out)).toMatchObject({
    params: { total: 144, by_layer: [16, 64, 64] },
    flops: { decode: 288 },
    cache: { bytes: 72 },
  })
})

test('it is explained, varied and compared as any other', async () => {
  const explained = await run('explain', model, 'params.total')
  expect(explained.out).toContain('= 2 × d_model × width')
  expect(explained.out).toContain(formulas)
  const swept = await run('sweep', model, '--over', 'n_layers=3,4', '--of', 'params.total')
  expect(swept.out).toMatch(/^ *3 +144\n *4 +208$/m)
})

test('threads of a search know it too', async () => {
  const space = write(
    'space.json',
    JSON.stringify({
      model,
      vary: { n_layers: '1..40', d_model: '1..40' },
      hold: [],
      constraints: ['params.total <= 144'],
      maximise: 'params.total',
    }),
  )
  const { out, err } = await run('search', space, '--workers', '2', '--format', 'ndjson')
  expect(err).not.toContain('archcost:')
  expect(out).toContain('"params.total":144')
})

test('it may stand in the place of a block of archcost', async () => {
  const { out } = await archcost(['cost', 'llama-3.1-8b', '--format', 'json'])
  const other = write('rmsnorm.yaml', block.replaceAll('average-mixer', 'rmsnorm'))
  const changed = await archcost(['cost', 'llama-3.1-8b', '--formulas', other, '--format', 'json'])
  const total = (text: string): number =>
    (JSON.parse(text) as { params: { total: number } }).params.total
  // 65 norms with a matrix of 4,096 by 8,192 in and one out, instead of 4,096 scales.
  expect(total(changed.out) - total(out)).toBe(65 * (2 * 4096 * 8192 - 4096))
})

test.each([
  [
    'a mistake',
    block.replace('2 * d_model * width', '2 * d_modl * width'),
    'did you mean d_model?',
  ],
  [
    'a sum of a thousand million terms',
    block.replace(
      'expr: 2 * d_model * width',
      'expr: "sum(i, 1, if(width > 8, 1e9, 1), 2 * d_model * width)"',
    ),
    'a sum goes over 1,000,000,000 values; a formula has 1,000,000 at most',
  ],
  ['something else', 'function: average-mixer\n', 'average-mixer.yaml'],
])('%s is said and changes nothing', async (_, text, message) => {
  const file = write('average-mixer.yaml', text)
  const words = ['cost', model, '--formulas', file]
  const wide = JSON.stringify({ name: 'Wide', d_model: 16, max_context: 64, stacks: [stack] })
  const { out, err, status } = await archcost([...words, '-'], { input: wide })
  expect(err).toContain(message)
  expect(err).not.toContain('mistake in archcost itself')
  expect([out, status]).toEqual(['', 1])
})
