import { describe, expect, test } from 'vitest'
import { printCosts } from '../../src/cli/cost-formats.ts'
import { costReport, type CostReport } from '../../src/cli/cost-report.ts'
import { importConfig } from '../../src/import/index.ts'
import { archcost } from './archcost.ts'

const llama = {
  model_type: 'llama',
  hidden_size: 256,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  intermediate_size: 512,
  vocab_size: 1000,
  max_position_embeddings: 4096,
}
const tableOf = (config: object): string => {
  const { architecture, report, notes } = importConfig(config)
  return printCosts([costReport({ architecture, report, notes }, {})], 'table')
}

describe('the table of costs', () => {
  test('calls a model exact that is read whole, as far as doubles are', () => {
    expect(tableOf(llama)).toContain('Exact below 2^53:')
  })

  test.each([
    ['read as a plain transformer', { ...llama, model_type: 'no_such_family' }],
    ['with a key that is not understood', { ...llama, no_such_key: 3 }],
    ['without its towers', { text_config: llama, vision_config: { hidden_size: 64 } }],
  ])('does not call a model exact that is %s', (_what, config) => {
    expect(tableOf(config)).not.toMatch(/exact/i)
  })

  const llava = { model_type: 'llava', text_config: llama }
  const reportOf = (config: object, workload = {}) => {
    const { architecture, report, notes } = importConfig(config)
    return costReport({ architecture, report, notes }, workload)
  }

  test('leads with the whole where there are towers, and says what is the language model', () => {
    const images = { count: 1, width: 400, height: 300 }
    const table = printCosts([reportOf(llava, { images })], 'table')
    const [whole, language] = ['Whole model', 'Parameters of the language model'].map((title) =>
      table.indexOf(title),
    )
    expect(whole).toBeGreaterThan(0)
    expect(language).toBeGreaterThan(whole!)
    expect(table).toContain('Parameters, vision')
    expect(table).not.toContain('Parameters, audio')
    expect(table).toContain('1 image of 400 by 300')
  })

  test('leads with the whole of several models where one has towers', () => {
    const table = printCosts([reportOf(llava), reportOf(llama)], 'table')
    expect(table.indexOf('of the whole')).toBeLessThan(table.indexOf('Active'))
    expect(printCosts([reportOf(llama), reportOf(llama)], 'table')).not.toMatch(/whole|towers/i)
  })
})

test('--with counts extra modules, and what is not counted is told with its parameters', async () => {
  const json = async (...words: string[]) =>
    JSON.parse(
      (await archcost(['cost', 'qwen3.5-27b', '--format', 'json', ...words])).out,
    ) as CostReport
  const [off, on] = [await json(), await json('--with', 'mtp')]
  expect(off.extra).toEqual({ mtp: { params: 424_699_392, counted: false } })
  expect(on.extra).toEqual({ mtp: { params: 424_699_392, counted: true } })
  expect(on.params.total).toBe(off.params.total + 424_699_392)
  const speaks = ({ text }: { text: string }): boolean => /not counted: 424,699,392/.test(text)
  expect(off.notes.filter(speaks)).toHaveLength(1)
  expect(on.notes.filter(speaks)).toHaveLength(0)
  expect(on.import!.left_out.filter(({ extra }) => extra)).toEqual([])
  expect(on.import!.read['text_config.mtp_num_hidden_layers']).toBe(1)
  const none = await archcost(['cost', 'llama-3.1-8b', '--with', 'mtp'])
  expect([none.status, none.err]).toEqual([1, expect.stringMatching(/mtp: is no extra module/)])
})

test('what is given and nothing takes in is told, where it changes no number', async () => {
  const { out } = await archcost(['cost', 'gpt2', '--images', '64x64', '--source', '9'])
  expect(out).toContain('Warning: Images: nothing in this model takes in what is given')
  expect(out).toContain('Warning: Source: nothing in this model')
  const { out: taken } = await archcost(['cost', 'qwen2.5-vl-7b', '--images', '64x64'])
  expect(taken).not.toContain('Warning')
  const both = await archcost(['cost', 'gpt2', 'qwen2.5-vl-7b', '--images', '2x64x64'])
  expect(both.out).toContain('Batch 1, 2 images of 64 by 64;')
})
