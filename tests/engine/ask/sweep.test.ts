/** Sweeps agree with whole evaluations, row by row. */
import { expect, test } from 'vitest'
import { sweep } from '../../../src/engine/ask/sweep.ts'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { vary } from '../../../src/engine/vary/index.ts'
import { published } from './architectures.ts'

const llama = { architecture: await published('llama-3.1-8b'), workload: { batch: 2 } }

test('one setting, in the order of its values', () => {
  const { rows, axes } = sweep(
    llama,
    [{ setting: 'context', values: '1k..1M:log:200' }],
    ['cache.bytes', 'flops.decode'],
  )
  expect(axes[0]).toHaveLength(200)
  for (const { values, answers } of rows()) {
    const { cache, flops } = evaluate(prepare(llama.architecture), {
      batch: 2,
      context: values[0] as number,
    })
    expect(answers).toEqual([cache!.bytes, flops.decode])
  }
})

test('two settings, the last fastest, with what is held', () => {
  const held = ['d_head', 'ffn_ratio']
  const { rows } = sweep(
    llama,
    [
      { setting: 'n_layers', values: [16, 32] },
      { setting: 'd_model', values: '1Ki,4Ki' },
    ],
    ['params.total', 'mixer.n_heads'],
    held,
  )
  const found = [...rows()]
  expect(found.map(({ values }) => values)).toEqual([
    [16, 1024],
    [16, 4096],
    [32, 1024],
    [32, 4096],
  ])
  for (const {
    values: [n_layers, d_model],
    answers,
  } of found) {
    const { architecture } = vary(llama, { n_layers: n_layers!, d_model: d_model! }, held)
    expect(answers).toEqual([
      evaluate(prepare(architecture)).params.total,
      (d_model as number) / 128,
    ])
  }
})

test('a value that makes no design says why, and harms no other', () => {
  const { rows } = sweep(llama, [{ setting: 'n_kv_heads', values: [4, 5, 8] }], ['cache.bytes'])
  const [, wrong, right] = [...rows()]
  expect(wrong!.answers).toBeNull()
  expect(wrong!.problem!.message).toContain('32 query heads cannot be shared evenly by 5')
  expect(right!.answers).toEqual([2 * 1073741824])
})

test('a quantity that an encoder does not have is refused', async () => {
  const bert = { architecture: await published('bert-base-uncased'), workload: {} }
  expect(() => sweep(bert, [{ setting: 'context', values: '1,2' }], ['cache.bytes'])).toThrow(
    /cache.bytes: does not apply to an encoder/,
  )
})

test.each([
  ['params.totl', /did you mean params.total/],
  ['loss', /for a number of training tokens/],
  [
    'cache.bytes at layers=3',
    /at says parts of the workload, such as context and batch, not layers/,
  ],
])('the quantity %s is refused', (quantity, message) => {
  expect(() => sweep(llama, [{ setting: 'context', values: '1,2' }], [quantity])).toThrow(message)
})
