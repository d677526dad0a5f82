/** Transforms on every published model of the catalogue. */
import { expect, test } from 'vitest'
import { ArchcostError, evaluate, prepare, type Architecture } from '../../../src/engine/index.ts'
import { bodiesOf, sublayerOf } from '../../../src/engine/transform/layers.ts'
import { transform, type TransformStep } from '../../../src/engine/transform/index.ts'
import { entries, loadModel } from '../../../src/import/catalog/index.ts'

const models = await Promise.all(
  entries.map(async ({ name }): Promise<[string, Architecture]> => [
    name,
    (await loadModel(name)).architecture,
  ]),
)

test.each(models)(
  '%s is the same after its layers were taken apart and put together',
  (_name, document) => {
    const rebuilt = {
      ...document,
      stacks: document.stacks.map((stack) => ({
        ...stack,
        layer: stack.layer.map((sublayer) =>
          sublayerOf(sublayer.name, bodiesOf(sublayer, stack.n_layers)),
        ),
      })),
    }
    expect(evaluate(prepare(rebuilt))).toEqual(evaluate(prepare(document)))
  },
)

const steps: TransformStep[] = [
  { transform: 'depth-up-scaling', m: 1 },
  { transform: 'widen' },
  { transform: 'mixture-of-depths' },
  { transform: 'upcycling' },
  { transform: 'split-experts' },
  { transform: 'attention', to: 'mqa' },
  { transform: 'attention', to: 'mla' },
  { transform: 'window', size: 128 },
  { transform: 'window' },
  { transform: 'tie' },
  { transform: 'untie' },
]

test.each(steps)('%j is applied to every model, or refused with a reason', (step) => {
  const applied = models.filter(([name, document]) => {
    try {
      const { params } = evaluate(prepare(transform(document, [step])))
      expect(Number.isSafeInteger(params.total), name).toBe(true)
      return true
    } catch (error) {
      expect(error).toBeInstanceOf(ArchcostError)
      return false
    }
  })
  expect(applied.length).toBeGreaterThan(10)
})

test('a layer up-scaled by nothing is there twice, and nothing else', () => {
  for (const [name, document] of models) {
    const stack = document.stacks.find(({ role }) => role === 'decoder')
    if (!stack) continue
    const [before, after] = [
      document,
      transform(document, [{ transform: 'depth-up-scaling', m: 0 }]),
    ].map((each) => evaluate(prepare(each), { context: 64 }))
    // Layers that share a block store it once, however many there are.
    const shares = JSON.stringify(stack.layer).includes('"share"')
    const encoder = before!.params.by_layer.length - stack.n_layers
    if (!shares)
      expect(after!.params.by_layer.slice(encoder), name).toEqual([
        ...before!.params.by_layer.slice(encoder),
        ...before!.params.by_layer.slice(encoder),
      ])
    expect(after!.cache!.bytes, name).toBe(2 * before!.cache!.bytes)
  }
})
