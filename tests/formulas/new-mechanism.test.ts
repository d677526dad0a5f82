/** One new file under formulas/ is all that a mechanism needs: nothing else is changed here but that file. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const mechanism = `block: average-mixer
title: Running average
about: Every token takes the average of a projection of all tokens so far. Only the sum is kept.
sources:
  average:
    title: A running average
    url: https://example.org/average
settings:
  width:
    label: Averaged width
    symbol: w
    type: count
    default: 2 * d_model
quantities:
  params:
    counts: parameter
    source: average
    sum:
      in_and_out:
        role: state
        expr: 2 * d_model * width
  flops:
    unit: FLOP
    sum:
      in_and_out:
        kind: linear
        expr: flops_per_mac * n_new * params.in_and_out
  cache_bytes:
    unit: byte
    sum:
      running_sum:
        grows: fixed
        expr: width * bytes_per_state
zero: [setup_flops, elementwise_flops, activation_bytes]
examples:
  - of: a width of 8
    given:
      d_model: 4
      n_new: 1
    expect:
      params: 64
      flops: 128
`
const document = {
  name: 'Averages',
  d_model: 4,
  max_context: 64,
  stacks: [
    {
      role: 'decoder',
      n_layers: 3,
      input: [],
      layer: [
        { name: 'mixer', block: 'average-mixer', except: [{ layers: { first: 1 }, width: 2 }] },
      ],
      output: [],
    },
  ],
}

const copy = mkdtempSync(join(tmpdir(), 'archcost-mechanism-'))
const run = (...args: string[]): { stdout: string; stderr: string; status: number | null } =>
  spawnSync(process.execPath, ['--import', 'tsx', ...args], { cwd: copy, encoding: 'utf8' })
const archcost = (...args: string[]): string => {
  const { stdout, stderr } = run('src/cli/main.ts', ...args)
  return stdout + stderr
}

beforeAll(() => {
  for (const part of ['src', 'formulas', 'package.json', 'tsconfig.json'])
    cpSync(part, join(copy, part), { recursive: true })
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))
  writeFileSync(join(copy, 'formulas/mixers/average-mixer.yaml'), mechanism)
  writeFileSync(join(copy, 'averages.json'), JSON.stringify(document))
  const { stderr, status } = run('src/formulas/write.ts')
  expect(stderr).toBe('')
  expect(status).toBe(0)
})
afterAll(() => rmSync(copy, { recursive: true }))

test('check accepts the file', () => {
  expect(archcost('check', 'formulas/mixers/average-mixer.yaml')).toMatch(/average-mixer/)
})

test('cost counts what the file says', () => {
  const cost = JSON.parse(
    archcost('cost', 'averages.json', '--context', '10', '--format', 'json'),
  ) as { params: { total: number; by_layer: number[] }; flops: unknown; cache: unknown }
  expect(cost.params).toMatchObject({ total: 144, by_layer: [16, 64, 64], by_role: { state: 144 } })
  expect(cost.flops).toMatchObject({ prefill: 2880, decode: 288 })
  expect(cost.cache).toMatchObject({ bytes: (2 + 8 + 8) * 4, fixed: (2 + 8 + 8) * 4 })
})

test('explain opens it down to its settings, with its source', () => {
  const said = archcost('explain', 'averages.json', 'params.total')
  expect(said).toMatch(/Running average/)
  expect(said).toMatch(/Averaged width/)
  expect(said).toMatch(/example\.org\/average/)
})

test('the schema of documents and what settings forms are made from know it', () => {
  expect(archcost('schema')).toMatch(/average-mixer/)
  const settings = `import { blocks } from './src/formulas/index.ts'; console.log(JSON.stringify(blocks['average-mixer'].settings))`
  writeFileSync(join(copy, 'settings.ts'), settings)
  expect(JSON.parse(run('settings.ts').stdout)).toMatchObject([
    { name: 'width', label: 'Averaged width', symbol: 'w', default_text: '2 * d_model' },
  ])
})
