import { describe, expect, test } from 'vitest'
import { explain, totals } from '../../../src/engine/explanations.ts'
import { applies } from '../../../src/engine/explain/totals.ts'
import { prepare, type Model } from '../../../src/engine/index.ts'
import { closedForm } from '../../../src/engine/print/closed-form.ts'
import { asText } from '../../../src/engine/print/expression.ts'
import { interpret } from '../../../src/formulas/explanations.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'

const load = async (name: string): Promise<Model> => prepare((await loadModel(name)).architecture)

/** As a line of symbols, and as one of numbers. */
function said(model: Model, quantity: string): readonly [string, string] {
  const { expression, leaves } = closedForm(explain(model, { context: 131_072 }, quantity))!
  const step = (key: string) => leaves[key]!.step
  return [
    asText(expression, (key) => step(key).symbol ?? step(key).label.toLowerCase()),
    asText(expression, (key) => String(step(key).value)),
  ]
}

describe('what it says', () => {
  test('the cache of latents is layers by tokens by latent and rotary key by bytes', async () => {
    expect(said(await load('deepseek-v3'), 'cache.bytes')).toEqual([
      'layers × tokens × (r_kv + d_r) × b_kv',
      '61 × 131072 × (512 + 64) × 2',
    ])
  })

  test('windows and all tokens stand side by side, and what both share stands before them', async () => {
    expect(said(await load('gemma-3-12b'), 'cache.bytes')).toEqual([
      '(layers × W + layers × tokens) × K × (d_h × b_k + d_v × b_v)',
      '(40 × 1024 + 8 × 131072) × 8 × (256 × 2 + 256 × 2)',
    ])
  })

  test('what would be too long stops at the names of blocks, and equal ones are counted together', async () => {
    const [words] = said(await load('deepseek-v3'), 'params.total')
    expect(words).toContain('layers × multi-head latent attention: parameters + layers × gated')
    expect(words).toContain('123 × rmsnorm: parameters')
  })

  test('a leaf knows its place in the tree, so that it can be opened', async () => {
    const root = explain(await load('deepseek-v3'), {}, 'cache.bytes')
    const { leaves } = closedForm(root)!
    for (const { step, path } of Object.values(leaves))
      if (path !== null) expect(path.reduce((node, place) => node.inputs[place]!, root)).toBe(step)
  })

  test('sources are those of the steps that are put in', async () => {
    const { opened } = closedForm(explain(await load('deepseek-v3'), {}, 'cache.bytes'))!
    expect(opened.map(({ source }) => source?.url)).toContain('https://arxiv.org/abs/2405.04434')
  })

  test('a list has none', async () => {
    expect(closedForm(explain(await load('mixtral-8x7b'), {}, 'load-balancing.load'))).toBeNull()
  })
})

/** Latents and experts, windows, an encoder beside a decoder, a state, a mixture of both, sequences side by side. */
const models = ['deepseek-v3', 'gemma-3-12b', 't5-base', 'mamba-1.4b', 'qwen3-next-80b-a3b']

for (const name of models)
  test(`with the values put in, every total of ${name} comes out of its formula`, async () => {
    const model = await load(name)
    for (const { name: asked } of totals.filter((total) => applies(total, model.architecture))) {
      const root = explain(model, { context: 4096, batch: 3 }, asked)
      const closed = closedForm(root)
      if (closed === null) continue
      const values = Object.entries(closed.leaves).map(([key, { step }]) => [key, step.value])
      const computed = Number(interpret(closed.expression, Object.fromEntries(values)))
      const value = root.value as number
      // Fractions and what is beyond 2^53 depend on the order of operations.
      if (Number.isSafeInteger(value)) expect(computed, asked).toBeCloseTo(value, 3)
      else expect(Math.abs(computed / value - 1), asked).toBeLessThan(1e-12)
    }
  })
