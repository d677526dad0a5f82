/** The page and the command line answer a brief alike. */
import { expect, test } from 'vitest'
import { findDevice } from '../../src/engine/hardware.ts'
import { usualBudget, type Budget } from '../../src/app/size/budget.ts'
import { begun, withProgress } from '../../src/app/size/found.ts'
import { askedOf } from '../../src/app/size/wanted.ts'
import { searchDepth } from '../../src/engine/ask/size/depth-search.ts'
import { ranked } from '../../src/engine/ask/size/shape.ts'
import { archcost } from '../cli/archcost.ts'
import { published } from '../engine/ask/architectures.ts'

const depths = [40, 32]

async function onPage(budget: Partial<Budget>, context: number) {
  const whole = { ...usualBudget, ...budget }
  const { brief } = askedOf(whole, {
    architecture: await published(whole.from),
    workload: { context, batch: 1, weights: { default: 'bf16' }, bytes_per_cache: 2 },
  })
  let found = begun(depths)
  for (const depth of depths)
    for (const step of searchDepth(brief, depth)) found = withProgress(found, step, 1)
  expect(found.state).toBe('done')
  return ranked(found.shapes).map(({ n_layers, cost, residual, departures, architecture }) => ({
    n_layers,
    cost,
    residual,
    departures,
    architecture,
  }))
}

test.each<[string, Partial<Budget>, number, string]>([
  ['parameters', {}, 131_072, '--params 13B --context 128Ki --on H100-SXM'],
  [
    'memory',
    { of: 'memory.bytes', target: findDevice('L40S').visible, goal: 'cache.bytes' },
    8192,
    '--on L40S --minimise cache.bytes --context 8Ki',
  ],
  [
    'experts',
    { target: 30e9, active: 3e9, device: null, from: 'qwen3-30b-a3b', grain: 64 },
    8192,
    '--params 30B --active 3B --multiple-of 64 --context 8Ki',
  ],
])('for a budget of %s', async (_, budget, context, words) => {
  const line = ['size', ...words.split(' '), '--layers', '32,40', '--format', 'json']
  const { out, err, status } = await archcost(line)
  expect([status, err]).toEqual([0, expect.not.stringContaining('archcost:')])
  const { shapes } = JSON.parse(out)
  expect(shapes.length).toBeGreaterThan(0)
  expect(shapes).toMatchObject(JSON.parse(JSON.stringify(await onPage(budget, context))))
})
