import { expect, test } from 'vitest'
import { archcost } from './archcost.ts'

test('the dictionary lists its terms, with what is said of them', async () => {
  const { out, status } = await archcost(['dictionary'])
  expect(status).toBe(0)
  expect(out.trimEnd().split('\n')).toHaveLength(42)
  expect(out).toMatch(/^ntk-aware +NTK-aware scaling +wrong$/m)
})

test('a term is printed with its calculations', async () => {
  const { out } = await archcost(['dictionary', 'depth-up-scaling'])
  expect(out).toContain('Verdict: wrong. It was built from the weights of Mistral 7B')
  expect(out).toContain(
    'Parameters from Mistral 7B (published: 10.7B)\n      params.total of SOLAR 10.7B = 10,731,524,096 parameters',
  )
  expect(out).toContain('https://arxiv.org/abs/2312.15166')
})

test('a term is handed on as JSON', async () => {
  const { out } = await archcost(['dictionary', 'moe', '--format', 'json'])
  const { entry, mechanisms, examples } = JSON.parse(out) as {
    entry: string
    mechanisms: object[]
    examples: { figures: object[]; models: object[] }[]
  }
  expect(entry).toBe('moe')
  expect(mechanisms).toContainEqual({
    kind: 'block',
    name: 'moe',
    title: 'Mixture of experts',
    file: 'formulas/ffn/moe.yaml',
  })
  expect(examples[0]!.figures[0]).toMatchObject({
    name: 'total',
    value: 140_620_634_112,
    expect: 140_620_634_112,
  })
  expect(examples[0]!.models[0]).not.toHaveProperty('model')
})

test('a term that is not there ends with status 1', async () => {
  expect(await archcost(['dictionary', 'yarm'])).toMatchObject({
    status: 1,
    out: '',
    err: 'archcost: there is no entry yarm; did you mean yarn?\n',
  })
})
