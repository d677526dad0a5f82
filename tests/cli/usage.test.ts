import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/run.ts'
import { archcost } from './archcost.ts'

const config = {
  model_type: 'llama',
  hidden_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 128,
  vocab_size: 100,
}

const made = mkdtempSync(join(tmpdir(), 'archcost-'))
afterAll(() => rmSync(made, { recursive: true }))

/** A folder with a config.json, and one without. */
const model = join(made, 'my-model')
const empty = join(made, 'empty')
mkdirSync(model)
mkdirSync(empty)
writeFileSync(join(model, 'config.json'), JSON.stringify(config))

describe('a command written wrongly exits with 2 and says what is wrong', () => {
  test.each([
    [['cots'], 'there is no command cots; did you mean cost?'],
    [['__proto__'], 'there is no command __proto__'],
    [['cost'], 'cost needs MODEL…; see archcost cost --help'],
    [['cost', 'gpt2', '--formt', 'json'], 'cost has no option --formt; did you mean --format?'],
    [
      ['cost', 'gpt2', '--format', 'jsn'],
      '--format is one of table, json, csv, markdown, not "jsn"; did you mean json?',
    ],
    [['cost', 'gpt2', '--context', 'long'], '--context: "long" is not a number'],
    [['size', '--params', '13Bi'], '--params: "Bi" in "13Bi" is not a suffix'],
    [['transform', 'gpt2', 'window=64'], 'there is no transform window=64; write window:option='],
    [['batch', 'gpt2'], 'batch takes nothing but options, not also gpt2'],
    [['schema', 'gpt2'], 'there is no schema of gpt2; there is one of architecture, workload'],
    [['import', 'gpt2', 'gpt2'], 'import takes MODEL and nothing more'],
  ])('%j', async (words, message) => {
    const { status, out, err } = await archcost(words)
    expect(err).toContain(`archcost: ${message}`)
    expect(out).toBe('')
    expect(status).toBe(2)
  })

  test('no command at all shows what there is', async () => {
    const { status, err } = await archcost([])
    expect(status).toBe(2)
    expect(err).toMatch(/^ {2}cost +cost, explain, compare, batch$/m)
  })
})

describe('what cannot be done exits with 1 and says why', () => {
  test.each([
    [
      ['cost', 'llama-3.1-8'],
      'there is no model llama-3.1-8 in the catalogue and no such file; did you mean llama-3.1-8b?',
    ],
    [['cost', './none/config.json'], 'there is no file ./none/config.json'],
    [['cost', 'constructor'], 'there is no model constructor'],
    [['cost', 'falcon'], 'did you mean falcon-'],
    [['explain', 'gpt2', 'params.totl'], 'did you mean params.total?'],
    [['cost', 'gpt2', '--set', 'n_layers=6', 'n_heads=6'], 'n_heads=6 is no model; settings stand'],
    [
      ['explain', 'gpt2', 'fit.max_batch'],
      'it is of a deployment, and fit, compare and sweep tell',
    ],
    [['explain', 'gpt2', 'memory'], 'did you mean memory.bytes?'],
    [['dictionary', 'GQA'], 'there is no entry GQA; did you mean grouped-query-attention?'],
    [['sweep', 'gpt2', '--over', 'tp=1,2'], 'tp is said once, by --tp, and does not vary'],
    [['cost', 'gpt2', '--set', 'images.count=2'], 'images is said once, by --images'],
    [['sweep', 'gpt2', '--over', 'context=1k:9k'], 'a range, which is first..last as in 1k..1M'],
    [['check', 'none.yaml'], 'there is no file none.yaml'],
  ])('%j', async (words, message) => {
    const { status, out, err } = await archcost(words)
    expect(err).toContain(message)
    expect(err).not.toContain('\n    at ')
    expect(out).toBe('')
    expect(status).toBe(1)
  })

  test.each([
    [['cost', ''], 'an empty text names no model'],
    [
      ['transform', 'mistral-7b-v0.1', 'window:size=x'],
      'window.size: "x" is given, but a number is expected',
    ],
    [
      ['transform', 'gpt2', 'depth-up-scaling:m=0.5'],
      'depth-up-scaling.m: 0.5 is given, but a whole number',
    ],
    [
      ['transform', 'gpt2', 'upcycling:n_experts=0'],
      'upcycling.n_experts: 0 is given, but at least',
    ],
    [['dictionary', 'nothing'], 'archcost dictionary lists the terms'],
    [
      ['explain', 'gpt2', 'cache.bytes at =1'],
      'at says parts of the workload, such as context and batch, not nothing',
    ],
  ])('said in words: %j', async (words, message) => {
    const { status, err } = await archcost(words)
    expect(err).toContain(message)
    expect(err).not.toMatch(/Invalid|expected number/)
    expect(status).toBe(1)
  })

  test('in one model of several is said of that one', async () => {
    const input = JSON.stringify({ ...config, hidden_size: -1 })
    for (const words of [['cost'], ['compare'], ['sweep', '--over', 'batch=1,2']]) {
      const { status, err } = await archcost([...words, 'gpt2', '-'], { input })
      expect(err).toMatch(/^archcost: standard input: hidden_size: /)
      expect(status).toBe(1)
    }
    const alone = await archcost(['cost', '-'], { input })
    expect(alone.err).toMatch(/^archcost: hidden_size: /)
  })

  test('a folder without config.json', async () => {
    expect(await archcost(['cost', empty])).toMatchObject({
      status: 1,
      err: `archcost: the folder ${empty} holds no config.json and no safetensors file\n`,
    })
  })

  test('text that is not JSON, and a mechanism that is not modelled', async () => {
    expect(await archcost(['cost', '-'], { input: '{"model_type": ' })).toMatchObject({
      status: 1,
      err: expect.stringContaining('standard input is not JSON: line 1, column 16: the text ends'),
    })
    const { status, err } = await archcost(['cost', '-'], {
      input: JSON.stringify({ ...config, model_type: 'unheard', attn_layer_period: 8 }),
    })
    expect(status).toBe(1)
    expect(err).toContain('attn_layer_period')
  })

  test('a control character in a name reaches no terminal', async () => {
    const { err } = await archcost(['cost', 'evil\u001b[2Jname'])
    expect(err).not.toContain('\u001b')
  })
})

describe('a model is found', () => {
  test('as a folder, a file, or standard input; and named after the folder', async () => {
    for (const [word, input, name] of [
      [model, '', 'my-model'],
      [join(model, 'config.json'), '', 'my-model'],
      ['-', JSON.stringify(config), expect.any(String)],
    ] as const) {
      const { status, out } = await archcost(['cost', word, '--format', 'json'], { input })
      expect(status).toBe(0)
      expect(JSON.parse(out)).toMatchObject({ name, model_type: 'llama' })
    }
  })

  test('as the architecture document that import prints', async () => {
    const imported = await archcost(['import', 'llama-3.1-8b'])
    expect(imported.err).toContain('Read: ')
    const { out } = await archcost(['cost', '-', '--format', 'json'], { input: imported.out })
    expect(JSON.parse(out)).toMatchObject({
      name: 'llama-3.1-8b',
      params: { total: 8_030_261_248 },
      import: null,
    })
  })
})

test('colour is for terminals: there is none in a pipe', async () => {
  const { out } = await archcost(['cost', 'gpt2'])
  expect(out).not.toContain('\u001b')
})

test('version and help go to standard output with status 0', async () => {
  expect(await archcost(['--version'])).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
  expect(await archcost(['--help'])).toMatchObject({
    status: 0,
    out: expect.stringMatching(
      /^ {2}look up +catalog, dictionary, import, verify, schema, check$/m,
    ),
  })
  const { out: listed } = await archcost(['help'])
  for (const name of Object.keys(commands))
    expect(listed).toMatch(new RegExp(`^  ${name} +\\w`, 'm'))
  // Help of help is help.
  expect((await archcost(['help', 'help', 'cost'])).out).toBe(listed)
  expect(await archcost(['help', 'cost'])).toMatchObject({
    status: 0,
    out: expect.stringContaining('Usage: archcost cost MODEL… [options]'),
  })
})
