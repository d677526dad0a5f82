/** Quantities of scenarios are asked as others are: swept, solved for, compared, searched. */
import { expect, test } from 'vitest'
import { ArchcostError, attempt } from '../../../src/architecture/errors.ts'
import { compare } from '../../../src/engine/ask/compare/compare.ts'
import { prepareSearch } from '../../../src/engine/ask/search/search.ts'
import { solve } from '../../../src/engine/ask/solve/solve.ts'
import { readSpace } from '../../../src/engine/ask/search/space.ts'
import { sweep } from '../../../src/engine/ask/sweep.ts'
import { asker, family } from '../../../src/engine/ask/family/family.ts'
import { explain, explainable } from '../../../src/engine/explanations.ts'
import { scenarioOf } from '../../../src/engine/explain/scenario.ts'
import { prepare } from '../../../src/engine/index.ts'
import { published } from './architectures.ts'

const mixtral = { architecture: await published('mixtral-8x7b'), workload: {} }
const distinct = 'distinct-experts.distinct'

test('experts touched over the batch are those of the paper, 2 to nearly all 8', () => {
  const { rows } = sweep(mixtral, [{ setting: 'batch', values: '1,4,8,16' }], [distinct])
  const found = [...rows()].map(({ answers }) => answers![0]!.toFixed(2))
  expect(found).toEqual(['2.00', '5.47', '7.20', '7.92'])
})

test('a value that the scenario or the model refuses says why, and harms no other', () => {
  const asked = 'expert-parallelism.experts_per_rank at ep=4'
  const { rows } = sweep(mixtral, [{ setting: 'n_experts', values: '1,8,10' }], [asked])
  const [few, right, uneven] = [...rows()]
  expect(few!.problem!.message).toContain('a token cannot use 2 of 1 experts')
  expect(right!.answers).toEqual([2])
  expect(uneven!.problem!.message).toContain('10 experts cannot be shared evenly by 4 ranks')
})

test('the batch that touches seven experts', () => {
  const { value, answer } = solve(mixtral, 'batch', { quantity: distinct, value: 7 })
  expect([value, answer.toFixed(2)]).toEqual([7, '6.93'])
})

test('a model without experts has no such number', async () => {
  const models = [mixtral.architecture, await published('llama-3.1-8b')].map((architecture) => ({
    model: prepare(architecture),
    workload: { batch: 4 },
  }))
  expect(compare(models, [distinct])[0]!.values).toEqual([5.46875, null])
})

test('a search meets conditions on them, and passes over designs that cannot be built', () => {
  const search = prepareSearch(
    readSpace({
      architecture: mixtral.architecture,
      vary: { 'moe.n_experts': [1, 8, 16], batch: [1, 64] },
      constraints: [`${distinct} <= 10`],
      maximise: [distinct, 'batch'],
    }),
  )
  const { designs, feasible, front } = search.run(0, search.total)
  // One expert is too few for both; sixteen are all touched by a batch of 64.
  expect([designs, feasible, front.length]).toEqual([4, 3, 1])
})

test.each([
  ['mixtral-8x7b', { d_model: [2048, 8192], 'moe.n_experts': [4, 16], batch: [1, 32] }],
  ['deepseek-v3', { n_layers: [2, 30], top_k: [4, 16], context: [1000, 100_000] }],
  ['llama-3.1-8b', { n_layers: [1, 40], n_kv_heads: [2, 8], dtype: [1, 2] }],
  ['t5-small', { 'decoder.n_layers': [3, 9], d_model: [256, 512], batch: [1, 4] }],
])('what is read of designs of %s is what their explanations say', async (name, lists) => {
  const design = { architecture: await published(name), workload: {} }
  const scenario = (quantity: string): string => quantity.split('.')[0]!
  const all = explainable(prepare(design.architecture)).filter(scenarioOf)
  const names = Object.keys(lists)
  const choices = Object.values(lists).reduce<number[][]>(
    (before, values) => before.flatMap((each) => values.map((value) => [...each, value])),
    [[]],
  )
  // One of each scenario: all of it is computed from the same settings.
  for (const quantity of new Map(all.map((each) => [scenario(each), each])).values()) {
    const varied = attempt(() => family(design, names, [quantity]))
    // Some are lists.
    if (varied instanceof ArchcostError) continue
    const ask = asker(varied)
    for (const values of choices) {
      const { architecture, workload } = varied.designAt(values)
      const told = attempt(() => explain(prepare(architecture), workload, quantity).value)
      const answer = ask(values)
      expect(answer instanceof ArchcostError ? answer.message : answer[0], quantity).toEqual(
        told instanceof ArchcostError ? told.message : told,
      )
    }
  }
})
