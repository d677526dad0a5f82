/** Settings by address: found, read, replaced; what is held, and what follows. */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare, type Architecture } from '../../../src/engine/index.ts'
import { findSetting, parseRange, variation, vary } from '../../../src/engine/vary/index.ts'
import { published } from '../ask/architectures.ts'

const llama = await published('llama-3.1-8b')
const deepseek = await published('deepseek-v3')
const gemma = await published('gemma-3-4b')
const t5 = await published('t5-small')

const design = (architecture: Architecture): { architecture: Architecture; workload: object } => ({
  architecture,
  workload: {},
})
const present = (architecture: Architecture, name: string): unknown =>
  variation(design(architecture), [name]).present[0]
const params = (architecture: Architecture): number => evaluate(prepare(architecture)).params.total

describe('a setting is found', () => {
  test.each([
    [llama, 'n_layers', 32],
    [llama, 'd_model', 4096],
    [llama, 'mixer.n_kv_heads', 8],
    [llama, 'n_heads', 32],
    [llama, 'attention.n_heads', 32],
    [llama, 'context', 8192],
    [llama, 'dtype', 2],
    [llama, 'ffn_ratio', 3.5],
    [llama, 'vocab_size', 128256],
    [llama, 'output.output-head.tied', false],
    [llama, 'window', null],
    [deepseek, 'moe.top_k', 8],
    [deepseek, 'ffn.except[0].d_ff', 18432],
    [deepseek, 'ffn.except[0].layers.first', 3],
    [deepseek, 'kv_lora_rank', 512],
    [gemma, 'window', 1024],
    [t5, 'encoder.n_layers', 6],
    [t5, 'decoder.n_layers', 6],
  ])('%#: by %s', (architecture, name, value) => {
    expect(present(architecture, name)).toBe(value)
  })

  test.each([
    [llama, 'top_k', /no such setting; it has .*attention at mixer/],
    [llama, 'n_head', /did you mean n_heads/],
    [llama, 'mixer.theta', /did you mean mixer.position.theta/],
    [t5, 'n_layers', /said in several places: encoder.n_layers, decoder.n_layers/],
    [deepseek, 'before.eps', /no such setting/],
  ])('%#: %s is refused', (architecture, name, message) => {
    expect(() => findSetting(architecture, name)).toThrow(message)
  })
})

describe('what is neither varied nor held stays', () => {
  test('a width alone leaves heads and feed-forward width as they are stated', () => {
    const { architecture } = vary(design(llama), { d_model: 8192 })
    expect(present(architecture, 'n_heads')).toBe(32)
    expect(present(architecture, 'd_ff')).toBe(14336)
  })

  test('the given document is not changed', () => {
    const before = JSON.stringify(llama)
    vary(design(llama), { d_model: 8192, n_layers: 3, 'mixer.position.theta': 1 }, ['d_head'])
    expect(JSON.stringify(llama)).toBe(before)
  })
})

describe('holding', () => {
  test('a ratio lets the stated width follow', () => {
    const { architecture } = vary(design(llama), { d_model: 8192 }, ['ffn_ratio'])
    expect(present(architecture, 'd_ff')).toBe(28672)
  })

  test('a head size lets heads of both kinds follow', () => {
    const { architecture } = vary(design(llama), { d_model: 8192 }, ['d_head'])
    expect(present(architecture, 'n_heads')).toBe(64)
    expect(present(architecture, 'n_kv_heads')).toBe(16)
    expect(present(architecture, 'd_head')).toBe(128)
  })

  test('a head size keeps the proportion of heads to width where it is not one', async () => {
    const qwen = await published('qwen3-0.6b')
    expect(present(qwen, 'n_heads')).toBe(16)
    const { architecture } = vary(design(qwen), { d_model: 2048 }, ['d_head'])
    expect(present(architecture, 'n_heads')).toBe(32)
    expect(present(architecture, 'd_head')).toBe(128)
  })

  test('one key-value head stays one', async () => {
    const { architecture } = vary(design(await published('gemma-2b')), { d_model: 4096 }, [
      'd_head',
    ])
    expect(present(architecture, 'n_heads')).toBe(16)
    expect(present(architecture, 'n_kv_heads')).toBe(1)
  })

  test.each([
    [{ d_model: 4160 }, ['d_head'], /n_heads: would have to be 32.5 .* multiple of 128/],
    [{ d_model: 4096, d_ff: 4096 }, ['ffn_ratio'], /ffn_ratio: is held, so ffn.d_ff follows/],
    [{ ffn_ratio: 4 }, ['ffn_ratio'], /is varied, so it cannot be held/],
    [{ d_model: 4096 }, ['ratio'], /no such setting/],
  ])('%#: what cannot be is refused', (changes, held, message) => {
    expect(() => vary(design(llama), changes as never, held)).toThrow(message)
  })

  test('nothing changes where nothing is changed', () => {
    for (const architecture of [llama, deepseek, gemma])
      expect(
        params(
          vary(
            design(architecture),
            { d_model: architecture.d_model },
            ['d_head', 'ffn_ratio'].filter(
              (name) => name !== 'd_head' || architecture !== deepseek,
            ),
          ).architecture,
        ),
      ).toBe(params(architecture))
  })
})

test('a ratio moves the width that hides it', () => {
  const { architecture } = vary(design(llama), { ffn_ratio: 4 })
  expect(present(architecture, 'd_ff')).toBe(16384)
})

describe('the number of layers', () => {
  const withLayers = (layers: number[], n_layers = 12): Architecture => ({
    ...llama,
    stacks: [
      {
        ...llama.stacks[0]!,
        n_layers,
        layer: [
          { name: 'mixer', block: 'attention', except: [{ layers, window: 64 }] },
          { name: 'ffn', block: 'gated-ffn' },
        ],
      },
    ],
  })
  const windowed = (architecture: Architecture): readonly number[] =>
    prepare(architecture).decoder!.groups.find(({ blocks }) => blocks[0]!.settings['window'] === 64)
      ?.layers ?? []

  test.each([
    { layers: [0, 1, 3, 4, 6, 7, 9, 10], to: 6, expected: [0, 1, 3, 4] },
    { layers: [5, 11], to: 18, expected: [5, 11, 17] },
    { layers: [5, 11], to: 4, expected: [] },
    { layers: [0, 1, 2], to: 20, expected: [0, 1, 2] },
    { layers: [10, 11], to: 20, expected: [18, 19] },
  ])(
    'a list with a period goes on: $layers in 12 are $expected in $to',
    ({ layers, to, expected }) => {
      expect(windowed(vary(design(withLayers(layers)), { n_layers: to }).architecture)).toEqual(
        expected,
      )
    },
  )

  test('a list without a period refuses another number', () => {
    expect(() => vary(design(withLayers([0, 3, 4])), { n_layers: 14 })).toThrow(
      /mixer.except\[0\]: lists its layers, 0, 3, 4, and they follow no period/,
    )
    expect(vary(design(withLayers([0, 3, 4])), { n_layers: 12 }).architecture).toBeDefined()
  })
})

describe('a range', () => {
  const context = findSetting(llama, 'context')
  test.each([
    ['1k..1M:log:4', [1000, 10000, 100000, 1000000]],
    ['1k..9k:powers', [1024, 2048, 4096, 8192]],
    ['16..20', [16, 17, 18, 19, 20]],
    ['16..33:step:8', [16, 24, 32]],
    ['1..9:linear:3', [1, 5, 9]],
    ['4,1,4', [4, 1]],
    ['64Ki', [65536]],
    ['1..4:log:9', [1, 2, 3, 4]],
  ])('%s', (text, values) => {
    expect(parseRange(context, text)).toEqual(values)
  })

  test('words, flags and none are values too', () => {
    expect(parseRange(findSetting(llama, 'dtype'), 'bf16,q4_k,1')).toEqual([2, 0.5625, 1])
    expect(parseRange(findSetting(llama, 'tied'), 'true,false')).toEqual([true, false])
    expect(parseRange(findSetting(llama, 'window'), 'none,4Ki')).toEqual([null, 4096])
  })

  test.each([
    ['context', '9..1', /smaller number stands first/],
    ['context', '1..9:lgo:3', /did you mean log/],
    ['context', '0..9', /whole number from 1/],
    ['context', '1.5', /whole number/],
    ['dtype', 'bf61', /did you mean bf16/],
    ['tied', 'yes', /true or false/],
    ['ffn_ratio', '1..4', /how many values/],
    ['n_kv_heads', 'none', /a value is expected/],
  ])('%s=%s is refused', (name, text, message) => {
    expect(() => parseRange(findSetting(llama, name), text)).toThrow(message)
  })
})
