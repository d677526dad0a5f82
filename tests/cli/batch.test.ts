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
const ask = (line: unknown): Answered => JSON.parse(textFor(line)) as Answered
const textFor = (line: unknown): string =>
  answer({ text: typeof line === 'string' ? line : JSON.stringify(line) }).text

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

  test('may name extra modules that are counted', () => {
    const extra = [{ name: 'draft', n_layers: 1, layer: [{ name: 'ffn', block: 'gated-ffn', d_ff: 64 }] }] // prettier-ignore
    const params = (more: object): number =>
      ask({ architecture: { ...architecture, extra }, ...more }).cost!.params.total
    expect(params({ with: ['draft'] })).toBe(params({ with: null }) + 3 * 64 * 64)
    expect(ask({ architecture, with: ['draft'] }).error).toMatchObject({ code: 'unsupported' })
    expect(ask({ architecture, with: 'draft' }).error!.message).toMatch(/with: a list of names/)
  })

  test('may hold the Infinity and NaN that Python writes', () => {
    const line = JSON.stringify({ id: 1, config: { ...config, time_step_limit: [0, 'x'] } })
    expect(ask(line.replace('"x"', 'Infinity')).cost!.params.total).toBe(8_030_261_248)
    expect(ask(line.replace('[0,"x"]', 'NaN')).cost!.params.total).toBe(8_030_261_248)
    expect(ask(line.replace('4096', 'Infinity')).error).toMatchObject({
      code: 'invalid_config',
      message: expect.stringMatching(/^hidden_size: is Infinity/),
    })
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
  test('with the column where a line stops being JSON', () => {
    expect(ask('{"id": 1, "config": {"hidden_size": 4096,}}').error).toEqual({
      code: 'invalid_json',
      message:
        'the line is not JSON: column 42: "}" stands here; a key in double quotes is expected',
    })
  })

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

  test.each([
    ['{"id": 1, "cofig": {}}', '"cofig" is no key of a line; did you mean config?'],
    [
      '{"id": 1, "model": "gpt2"}',
      '"model" is no key of a line; its keys are id, config, architecture, workload',
    ],
    ['{"id": 1, "config": {}, "config": {}}', 'the line has "config" twice; give it once'],
    ['{"id": 1, "con\\u0066ig": {}, "config": {}}', 'the line has "config" twice; give it once'],
    [
      '{"id": 1, "config": {}, "workload": {"batch": 1, "batch": 2}}',
      'the line has "workload.batch" twice; give it once',
    ],
    [
      '{"id": 1, "architecture": {"stacks": [{"role": "decoder"}, {"role": "a", "role": "b"}]}}',
      'the line has "architecture.stacks.[].role" twice; give it once',
    ],
    [`{"id": 1, "${'x'.repeat(1000)}": 1}`, `"${'x'.repeat(60)}…" is no key of a line`],
  ])('a key that a line has not, or twice, is named: %s', (line, message) => {
    const { id, error } = ask(line)
    expect(error).toEqual({ code: 'invalid_json', message: expect.stringContaining(message) })
    expect(id).toBe(1)
  })

  test('of two ids neither is the one', () => {
    expect(ask({ id: 1, config }).id).toBe(1)
    expect(ask('{"id": 1, "id": 2}')).toMatchObject({ id: null, error: { code: 'invalid_json' } })
  })

  test('a config may have a key twice, as Python reads it: the last holds', () => {
    const line = JSON.stringify({ config }).replace('{"config":{', '{"config":{"vocab_size":1,')
    expect(ask(line).cost!.params.total).toBe(8_030_261_248)
  })

  test.each([1000, 100_000])('a line nested %i levels deep has an answer', (depth) => {
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`
    for (const line of [nested, `{"id": ${nested}}`, `{"id": 1, "config": ${nested}}`])
      expect(ask(line).error!.code).toMatch(/^invalid_/)
  })
})

describe('an id that is a number', () => {
  test.each([
    '12345678901234567890',
    '-9007199254740993',
    '0.1000000000000000055511151231257827',
    '1e400',
    '1.0',
    '-0',
  ])('%s comes back digit for digit', (id) => {
    const begins = new RegExp(`^\\{"id":${id.replaceAll('.', '\\.')},"`)
    expect(textFor(`{"id": ${id} , "config": ${JSON.stringify(config)}}`)).toMatch(begins)
    expect(textFor(`{"config": 5, "id":${id}}`)).toMatch(begins)
    expect(textFor(`{"unheard": {"id": 5}, "id":${id}}`)).toMatch(begins)
  })

  test('and that is none in JSON is null', () => {
    expect(textFor('{"id": NaN}')).toMatch(/^\{"id":null,"/)
    expect(textFor('{"id": -Infinity}')).toMatch(/^\{"id":null,"/)
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

  test('tells which byte of which line is not UTF-8', async () => {
    const input = Buffer.concat([
      Buffer.from('{"id": "é\uFFFDÿ"}\n{"id": "é\uFFFD'),
      Buffer.from([0xff]),
      Buffer.from('"}\n{"id": 3}\n{"id": "cut '),
      Buffer.from([0xe2]),
    ])
    const { out, status } = await archcost(['batch'], { input })
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answered)
    expect(answers.map(({ id, error }) => [id, error!.message])).toEqual([
      ['é\uFFFDÿ', expect.stringContaining('neither config')],
      [null, 'the line is not UTF-8: byte 14 is 0xff'],
      [3, expect.stringContaining('neither config')],
      [null, 'the line is not UTF-8: byte 13 is 0xe2'],
    ])
    expect(status).toBe(1)
  })

  test('without mistakes has status 0, and nothing gives nothing', async () => {
    expect(await archcost(['batch'], { input: `${JSON.stringify({ config })}\n` })).toMatchObject({
      status: 0,
    })
    expect(await archcost(['batch'])).toEqual({ status: 0, out: '', err: '' })
  })
})
