/** Whatever a config says, an import ends in a clear error or in finite numbers. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArchcostError, evaluate, prepare } from '../../src/engine/index.ts'
import { rotary } from '../../src/engine/rotary.ts'
import { importConfig } from '../../src/import/index.ts'

const folder = new URL('../oracle/cases/', import.meta.url)
const published = readdirSync(folder).flatMap((file) =>
  (
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { config: Record<string, unknown> }[]
  ).map(({ config }) => config),
)

/** Imports and evaluates; what is neither a clear error nor a number fails the test. */
function attempt(config: unknown): ArchcostError | undefined {
  try {
    const { architecture, report, notes } = importConfig(config)
    const model = prepare(architecture)
    expectFinite(evaluate(model))
    for (const { inv_freq, attention_factor } of rotary(model) ?? []) {
      expectFinite([inv_freq, attention_factor])
    }
    expectJson({ report, notes })
    return undefined
  } catch (error) {
    if (!(error instanceof ArchcostError)) throw error
    expect(['invalid_config', 'unsupported', 'invalid_architecture']).toContain(error.code)
    expect(error.message.length).toBeLessThan(500)
    return error
  }
}

function expectFinite(value: unknown): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) expect.fail(`${value} is among the numbers`)
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) expectFinite(inner)
  }
}

/** What JSON can hold, and nothing that it would drop or change. */
function expectJson(value: unknown): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number' && Number.isFinite(value)) return
  if (typeof value !== 'object') expect.fail(`${typeof value} is not JSON`)
  for (const inner of Object.values(value)) expectJson(inner)
}

const deep = (depth: number): unknown => (depth === 0 ? 1 : { text_config: deep(depth - 1) })

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    -1,
    0.5,
    1,
    2,
    3,
    1e300,
    1e12,
    -0,
    NaN,
    Infinity,
    '32',
    '',
    null,
    undefined,
    true,
    false,
    [],
    {},
    [[]],
    [1, 'two'],
    ['full_attention'],
    ['mamba'],
    { type: 'yarn' },
    { rope_type: 'llama3', factor: 0 },
    { rope_type: 'longrope', short_factor: [], long_factor: [] },
    { type: 'linear', factor: '2' },
    { rope_type: 'dynamic', factor: 1e300 },
    { full_attention: 1 },
    { __proto__: null, constructor: 1 },
    deep(40),
    9007199254740993n,
    Symbol('key'),
    () => 1,
  ),
  fc.integer(),
  fc.double(),
  fc.string(),
  fc.jsonValue(),
)
const oddKey = fc.oneof(
  fc.constantFrom('constructor', 'toString', 'hidden_size ', 'text_config', 'ssm_state_size'),
  fc.constantFrom('rope_scaling', 'rope_parameters', 'layer_types', 'head_dim', 'model_type'),
  fc.constantFrom('attention_types', 'mlp_only_layers', 'moe_layers', 'no_rope_layers'),
  fc.string(),
)

type Change =
  | { kind: 'drop'; at: number }
  | { kind: 'rename'; at: number; to: string }
  | { kind: 'set'; at: number; to: unknown }
  | { kind: 'add'; key: string; to: unknown }

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('rename' as const), at: fc.nat(), to: oddKey }),
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(), to: oddValue }),
  fc.record({ kind: fc.constant('add' as const), key: oddKey, to: oddValue }),
)

function changed(config: Record<string, unknown>, changes: Change[]): Record<string, unknown> {
  const entries = new Map(Object.entries(config))
  for (const each of changes) {
    const keys = [...entries.keys()]
    const key = each.kind === 'add' ? each.key : keys[each.at % Math.max(keys.length, 1)]
    if (key === undefined) continue
    const value = entries.get(key)
    if (each.kind === 'drop' || each.kind === 'rename') entries.delete(key)
    if (each.kind === 'rename') entries.set(each.to, value)
    if (each.kind === 'set' || each.kind === 'add') entries.set(key, each.to)
  }
  return Object.fromEntries(entries)
}

describe('bad configs', () => {
  test('a published config that is changed anyhow gives an error that says so, or numbers', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...published),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (config, changes) => {
          expect(() => attempt(changed(config, changes))).not.toThrow()
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('anything at all is an error or a model', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true }),
        (thing) => {
          expect(() => attempt(thing)).not.toThrow()
        },
      ),
      { numRuns: 2000 },
    )
  })

  const shape = ['hidden_size', 'num_hidden_layers', 'num_attention_heads', 'vocab_size']
  const wrong = ['32', -8, 2.5, 1e300, NaN, Infinity, true, [8], {}]
  test.each(shape.flatMap((key) => wrong.map((value) => [key, value] as const)))(
    '%s of %o is refused by name',
    (key, value) => {
      const llama = { model_type: 'llama', num_hidden_layers: 2, hidden_size: 64 }
      const error = attempt({ ...llama, [key]: value })
      expect(error?.code).toBe('invalid_config')
      expect(error?.path).toBe(key)
      expect(error?.message).toMatch(/is expected/)
    },
  )

  test.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused by name', (key) => {
    const config: unknown = JSON.parse(`{"model_type": "llama", "${key}": {"vocab_size": 1}}`)
    expect(attempt(config)).toMatchObject({ code: 'invalid_config', path: key })
  })

  test.each([
    [{ model_type: 'mobilebert', true_hidden_size: 64 }, 'true_hidden_size'],
    [
      { model_type: 'mobilebert', use_bottleneck: false, true_hidden_size: 128 },
      'true_hidden_size',
    ],
    [{ model_type: 'helium', head_dim: 64 }, 'head_dim'],
    [{ model_type: 'zamba2', num_hidden_layers: 4, hybrid_layer_ids: [1, 3] }, 'layer_types'],
  ])('%o, which the model code cannot build or run, is refused by name', (config, path) => {
    expect(attempt(config)).toMatchObject({ code: 'invalid_config', path })
  })

  test.each(['__proto__', 'constructor', 'toString'])('%s is no family', (model_type) => {
    expect(attempt({ model_type })).toMatchObject({ code: 'invalid_config' })
  })

  test('a key nested deeper than any config is refused by name', () => {
    let rope_scaling: unknown = 1
    for (let level = 0; level < 50_000; level++)
      rope_scaling = level % 2 ? [rope_scaling] : { a: rope_scaling }
    expect(attempt({ model_type: 'llama', rope_scaling })).toMatchObject({
      code: 'invalid_config',
      message: 'rope_scaling: is nested deeper than 50 levels, as no config.json is',
    })
  })

  test('names without end are cut off where they are said', () => {
    const block_types = ['recurrent'.repeat(10_000)]
    const error = attempt({ model_type: 'recurrent_gemma', num_hidden_layers: 1, block_types })
    expect(error?.message).toMatch(/^block_types: names "recurrent.{1,200}/)
  })
})
