/** Formats by matrix and layer: shapes of what is stored, mixtures, scales beside the weights. */
import { describe, expect, test } from 'vitest'
import { mixtureNamed } from '../../src/architecture/formats.ts'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { storedMatrices } from '../../src/architecture/matrices.ts'
import { formatIn } from '../../src/architecture/weight-bytes.ts'
import { entries, loadModel } from '../../src/import/catalog/index.ts'

const modelOf = async (name: string) => prepare((await loadModel(name)).architecture)

describe('matrices', () => {
  test.each(entries.map(({ name }) => name))(
    '%s stores no more than its parameters',
    async (name) => {
      const model = await modelOf(name)
      const stored = storedMatrices(model.stacks)
      // What is left of a role beside the matrices that files name is never less than nothing.
      expect(stored.filter(({ weights }) => weights < 0)).toEqual([])
      expect(stored.reduce((sum, { weights }) => sum + weights, 0)).toBeCloseTo(
        evaluate(model).params.total,
        3,
      )
    },
  )
})

describe('q4_k_m', () => {
  const chosen = async (name: string, is: string): Promise<string[]> =>
    storedMatrices((await modelOf(name)).stacks)
      .filter((matrix) => matrix.is === is)
      .map((matrix) => formatIn(mixtureNamed('q4_k_m')!, matrix))

  test('gives the values of the first and last eighth, and of each third layer between, more bits', async () => {
    const values = await chosen('llama-3.1-8b', 'value')
    const more = values.flatMap((format, layer) => (format === 'q6_k' ? [layer] : []))
    // As the types of tensors stand in published files of 32 layers.
    expect(more).toEqual([0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 28, 29, 30, 31])
  })

  test('gives keys and values of eight experts eight bits', async () => {
    expect(new Set(await chosen('mixtral-8x7b', 'key'))).toEqual(new Set(['q8_0']))
    expect(new Set(await chosen('mixtral-8x7b', 'value'))).toEqual(new Set(['q8_0']))
  })

  test('a table that is the head too takes the format of the head', async () => {
    expect(await chosen('llama-3.2-1b', 'table')).toEqual(['q6_k'])
    expect(await chosen('llama-3.1-8b', 'table')).toEqual(['q4_k'])
  })
})

test('scales beside the weights are counted: of rows, of inputs, of matrices', async () => {
  const model = await modelOf('llama-3.1-8b')
  const bytes = (default_: string): number =>
    evaluate(model, { weights: { attention: default_, ffn: default_, default: 'bf16' } }).weights
      .bytes
  const [rows, inputs] = [4096 + 1024 + 1024 + 4096 + 14336 + 14336 + 4096, 5 * 4096 + 4096 + 14336]
  expect(bytes('fp8-row') - bytes('fp8')).toBe(32 * 4 * rows)
  expect(bytes('gptq-int4') - bytes('awq-int4')).toBe(32 * 4 * inputs)
  expect(bytes('nvfp4') - bytes('nf4')).toBe(32 * 4 * 7)
})

test('a mixture said for a role is of that role alone', async () => {
  const model = await modelOf('mixtral-8x7b')
  const { weights, params } = evaluate(model, { weights: { experts: 'q4_k_m', default: 'bf16' } })
  expect(weights.by_role.attention).toBe(2 * params.by_role.attention)
  expect(weights.by_role.experts).toBeLessThan(0.7 * params.by_role.experts)
})
