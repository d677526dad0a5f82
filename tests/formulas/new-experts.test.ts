/** A second mixture of experts is one formula file too: what is asked of experts is asked of all that say they are some. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { succeed, withMechanism, type Copy } from './with-mechanism.ts'

/** Experts without a router: a hash of the token chooses them. */
const hashed = `block: hashed-experts
is: experts
title: Experts chosen by a hash
about: A hash of the token chooses top_k of n_experts feed-forward networks. Nothing is learned for the choice.
sources:
  hash:
    title: Hash Layers For Large Sparse Models
    arxiv: '2106.04426'
settings:
  n_experts:
    label: Experts
    type: count
  top_k:
    label: Experts per token
    type: count
    default: 1
  d_ff_expert:
    label: Expert width
    type: count
cuts:
  experts: n_experts
  expert_width: d_ff_expert
quantities:
  expert:
    label: One expert
    counts: parameter
    expr: 2 * d_model * d_ff_expert
  params:
    counts: parameter
    source: hash
    sum:
      experts:
        role: experts
        cut: experts
        expr: n_experts * expert
  active_params:
    counts: parameter
    expr: top_k * expert
  flops:
    unit: FLOP
    sum:
      experts:
        kind: experts
        cut: experts
        expr: flops_per_mac * n_new * top_k * expert
zero: [setup_flops, elementwise_flops, activation_bytes, cache_bytes]
examples:
  - of: four experts
    given:
      d_model: 4
      n_experts: 4
      d_ff_expert: 8
    expect:
      params: 256
      active_params: 64
`

/** Two layers, each with 8 experts of width 16, of which a token uses 2. */
const document = {
  name: 'Hashed',
  d_model: 4,
  max_context: 64,
  stacks: [
    {
      role: 'decoder',
      n_layers: 2,
      input: [],
      layer: [{ name: 'ffn', block: 'hashed-experts', n_experts: 8, top_k: 2, d_ff_expert: 16 }],
      output: [],
    },
  ],
}

let copy: Copy
beforeAll(() => {
  copy = withMechanism()
  writeFileSync(join(copy.folder, 'formulas/ffn/hashed-experts.yaml'), hashed)
  writeFileSync(join(copy.folder, 'hashed.json'), JSON.stringify(document))
  tsx('src/formulas/write.ts')
})
afterAll(() => copy.remove())

const tsx = (script: string): string => succeed(copy.run('--import', 'tsx', script))

test('the chart of experts is shown for it, and gets its data', () => {
  const chart = `
import { readFileSync } from 'node:fs'
import { prepare } from './src/engine/index.ts'
import { holds } from './src/engine/placements.ts'
import { scenarioValues } from './src/engine/explanations.ts'
const model = prepare(JSON.parse(readFileSync('hashed.json', 'utf8')))
const set = { distribution: 'balanced', tokens: '64' }
const workload = { context: 64, batch: 1 }
console.log(JSON.stringify([holds(model, 'experts'), scenarioValues('load-balancing', model, workload, { set }).load]))
`
  writeFileSync(join(copy.folder, 'chart.ts'), chart)
  // 64 tokens with two experts each are 128 assignments to 8 experts.
  expect(JSON.parse(tsx('chart.ts'))).toEqual([true, Array.from({ length: 8 }, () => 16)])
})

test('its dense counterpart has a network as wide as the experts that a token uses', () => {
  const made = copy.archcost('counterpart', 'hashed.json', '--dense', '--format', 'json')
  expect(made).toMatch(/"d_ff": ?32\b/)
})

test('its experts can be split', () => {
  const split = copy.archcost('transform', 'hashed.json', 'split-experts:m=4')
  expect(JSON.parse(split)).toMatchObject({
    stacks: [{ layer: [{ n_experts: 32, top_k: 8, d_ff_expert: 4 }] }],
  })
})
