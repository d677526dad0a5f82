import { describe, expect, test } from 'vitest'
import { answer } from '../../src/cli/batch-line.ts'
import { archcost } from './archcost.ts'

const config = {
  model_type: 'llama',
  hidden_size: 4096,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  intermediate_size: 14336,
  vocab_size: 128256,
  max_position_embeddings: 131072,
}
const architecture = {
  name: 'own',
  d_model: 64,
  max_context: 512,
  stacks: [
    {
      role: 'decoder',
      n_layers: 2,
      input: [{ block: 'token-embedding', vocab_size: 100 }],
      layer: [{ name: 'mixer', block: 'attention', n_heads: 4 }],
      output: [{ block: 'output-head', tied: true }],
    },
  ],
}
interface Answered {
  id: unknown
  cost?: {
    name: string
    params: { total: number }
    workload: Record<string, unknown>
    notes: { level: string; text: string }[]
    import: unknown
    cache: { bytes: number }
  }
  error?: { code: string; message: string }
}
const ask = (line: unknown): Answered =>
  JSON.parse(answer(typeof line === 'string' ? line : JSON.stringify(line)).text) as Answered

describe('a line', () => {
  test('with a config is answered with its cost and its id', () => {
    const { id, cost } = ask({ id: 7, config })
    expect(id).toBe(7)
    expect(cost!.params.total).toBe(8_030_261_248)
    expect(cost!.import).toMatchObject({ read: { hidden_size: 4096 } })
  })

  test('with an architecture is answered too, without an import', () => {
    expect(ask({ id: 'own', architecture })).toMatchObject({
      id: 'own',
      cost: { name: 'own', import: null },
    })
  })

  test('may say what is run; null is left open', () => {
    const { cost } = ask({
      config,
      workload: {
        context: 1000,
        batch: 3,
        bytes_per_cache: 1,
        pairs: 'full',
        head: null,
        source: null,
      },
    })
    expect(cost!.workload).toMatchObject({
      context: 1000,
      batch: 3,
      bytes_per_cache: 1,
      pairs: 'full',
      head: 'last',
    })
    expect(cost!.cache.bytes).toBe(32 * 2 * 8 * 128 * 1000 * 3)
  })

  test('is told where the context is longer than the model is made for', () => {
    expect(ask({ config, workload: { context: 200_000 } }).cost!.notes).toContainEqual({
      level: 'warning',
      text: expect.stringContaining('beyond the 131,072'),
    })
  })

  test.each([[1], ['a'], [null], [{ a: [1] }], [0], [false]])('echoes the id %j', (id) => {
    expect(ask({ id, config })).toMatchObject({ id })
    expect(ask({ id })).toMatchObject({ id, error: { code: 'invalid_config' } })
  })
})

describe('what is wrong has a code and a message', () => {
  test.each([
    ['not json', 'invalid_json'],
    ['', 'invalid_json'],
    ['[1]', 'invalid_json'],
    ['null', 'invalid_json'],
    ['{"id": 1, "config": {', 'invalid_json'],
    ['{"id": 1}', 'invalid_config'],
    ['{"id": 1, "config": null}', 'invalid_config'],
    ['{"id": 1, "config": 5}', 'invalid_config'],
    ['{"id": 1, "config": []}', 'invalid_config'],
    ['{"id": 1, "architecture": null}', 'invalid_architecture'],
    ['{"id": 1, "architecture": {"name": "x"}}', 'invalid_architecture'],
    [{ id: 1, config, architecture }, 'invalid_config'],
    [{ id: 1, config: { ...config, ssm_state_size: 16, model_type: 'unheard' } }, 'unsupported'],
    [{ id: 1, architecture, workload: 5 }, 'invalid_workload'],
    [{ id: 1, architecture, workload: [] }, 'invalid_workload'],
    [{ id: 1, architecture, workload: { context: 0 } }, 'invalid_workload'],
    [{ id: 1, architecture, workload: { context: '128k' } }, 'invalid_workload'],
    [{ id: 1, architecture, workload: { contxt: 5 } }, 'invalid_workload'],
    [{ id: 1, architecture, workload: { pairs: 'some' } }, 'invalid_workload'],
    [
      `{"id": 1, "architecture": {}, "workload": {"__proto__": 1, "constructor": 2}}`,
      'invalid_architecture',
    ],
  ])('%j: %s', (line, code) => {
    const { id, error, cost } = ask(line)
    expect(cost).toBeUndefined()
    expect(error!.code).toBe(code)
    expect(error!.message).not.toMatch(/mistake in archcost| at .*:\d+:\d+/)
    expect(id).toBe(typeof line === 'string' && !/^\{"id": 1.*\}$/.test(line) ? null : 1)
  })

  test('an id nested too deeply to be printed is null', () => {
    const depth = 100_000
    const line = `{"id": ${'['.repeat(depth)}${']'.repeat(depth)}, "config": {}}`
    const { error } = ask(line)
    expect(error).toBeDefined()
  })
})

describe('a stream', () => {
  test('is answered in order, bad lines among good ones, with status 1', async () => {
    const lines = [
      JSON.stringify({ id: 1, config }),
      'broken {',
      '',
      '5',
      JSON.stringify({ id: 2 }),
      JSON.stringify({ id: 3, config, workload: { context: 10 } }),
    ]
    const { status, out, err } = await archcost(['batch'], { input: `\uFEFF${lines.join('\r\n')}` })
    const answers = out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Answered)
    expect(answers.map(({ id }) => id)).toEqual([1, null, null, 2, 3])
    expect(answers.map(({ error }) => error?.code ?? 'cost')).toEqual([
      'cost',
      'invalid_json',
      'invalid_json',
      'invalid_config',
      'cost',
    ])
    expect(err).toBe('')
    expect(status).toBe(1)
  })

  test('without mistakes has status 0, and nothing gives nothing', async () => {
    expect(await archcost(['batch'], { input: `${JSON.stringify({ config })}\n` })).toMatchObject({
      status: 0,
    })
    expect(await archcost(['batch'])).toEqual({ status: 0, out: '', err: '' })
  })
})
