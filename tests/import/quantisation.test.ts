/** Published quantisation: what the weights of a checkpoint take, and what is said of it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

type Config = Record<string, unknown>

const published = (name: string): Config =>
  JSON.parse(readFileSync(`src/import/catalog/configs/${name}.json`, 'utf8')) as Config
const weightsOf = (config: Config): number =>
  evaluate(prepare(importConfig(config).architecture)).weights.bytes
const formatsOf = (config: Config): unknown => importConfig(config).architecture.weights
const notesOf = (config: Config): string =>
  importConfig(config)
    .notes.map(({ text }) => text)
    .join('\n')

const gib = 2 ** 30
const compressed = (weights: Config, ignore: string[] = ['lm_head']): Config => ({
  quant_method: 'compressed-tensors',
  ignore,
  config_groups: { group_0: { targets: ['Linear'], weights } },
})
const llama = { ...published('llama-3.1-8b') }
const quantised = (quantization_config: unknown): Config => ({ ...llama, quantization_config })

describe('the bytes of a checkpoint', () => {
  test('gpt-oss-120b, experts in mxfp4, biases and all else in bf16, to the byte', () => {
    // Tensor bytes of the repository's files, as hf-mem counts them.
    expect(weightsOf(published('gpt-oss-120b'))).toBe(65_248_815_744)
  })

  test('gpt-oss-20b', () => {
    expect(weightsOf(published('gpt-oss-20b')) / gib).toBeCloseTo(12.8, 1)
  })

  test('DeepSeek-V3, with its module for further tokens, which repeats table and head', () => {
    const config = published('deepseek-v3')
    const more = { ...config, num_hidden_layers: 62 }
    const layer = weightsOf(more) - weightsOf(config)
    const beside = 2 * 2 * 129_280 * 7168 + 2 * 2 * 7168 ** 2 + 2 * 3 * 7168
    // Bytes of the weight files of the repository.
    expect((weightsOf(config) + layer + beside) / 688_586_727_753).toBeCloseTo(1, 4)
  })

  test('Llama-3.1-8B by AWQ, groups of 128', () => {
    const config = quantised({ quant_method: 'awq', bits: 4, group_size: 128, zero_point: true })
    expect(formatsOf(config)).toEqual({
      attention: 'awq-int4-g128',
      ffn: 'awq-int4-g128',
      default: 'bf16',
    })
    expect(weightsOf(config) / 1e9).toBeCloseTo(5.73, 2)
  })

  test('Llama-3.1-70B in eight bits, as vLLM logs 67.7229 GiB', () => {
    const weights = { num_bits: 8, type: 'int', strategy: 'channel', symmetric: true }
    const config = { ...published('llama-3.1-70b'), quantization_config: compressed(weights) }
    expect(Math.abs(weightsOf(config) / gib / 67.7229 - 1)).toBeLessThan(0.002)
  })

  test('Llama-3.1-405B in fp8: attention, first and last layer stay; a rank of eight logs 57.752 GiB', () => {
    const attention = Array.from({ length: 126 }, (_, layer) => `model.layers.${layer}.self_attn`)
    const config = {
      ...published('llama-3.1-405b'),
      // As first released.
      num_key_value_heads: 16,
      quantization_config: {
        quant_method: 'fbgemm_fp8',
        activation_scale_ub: 1200,
        modules_to_not_convert: [...attention, 'model.layers.0.mlp', 'model.layers.125.mlp'],
      },
    }
    expect(Math.abs(weightsOf(config) / 8 / gib / 57.752 - 1)).toBeLessThan(0.002)
    expect(notesOf(config)).toMatch(
      /differ in the format of ffn \(bf16 in 2, fp8-row in 124 layers\)/,
    )
  })

  test('Kimi-K2-Thinking, routed experts in four bits with groups of 32: 594 GB', () => {
    const ignore = [
      'lm_head',
      're:.*self_attn.*',
      're:.*shared_experts.*',
      String.raw`re:.*mlp\.(gate|up|gate_up|down)_proj.*`,
    ]
    const weights = { num_bits: 4, type: 'int', strategy: 'group', group_size: 32, symmetric: true }
    const config = { ...published('kimi-k2'), quantization_config: compressed(weights, ignore) }
    expect(formatsOf(config)).toEqual({ experts: 'packed-int4-g32', default: 'bf16' })
    expect(weightsOf(config) / 1e9).toBeCloseTo(594, 0)
    expect(notesOf(config)).not.toMatch(/unquantised/)
  })
})

describe('what a method is read as', () => {
  test.each([
    [{ quant_method: 'gptq', bits: 4, group_size: 64, lm_head: true }, 'gptq-int4-g64'],
    [{ quant_method: 'gptq', bits: 4, group_size: -1 }, '4bits'],
    [{ quant_method: 'fp8', weight_block_size: [128, 128] }, 'fp8-block'],
    [{ quant_method: 'fp8' }, 'fp8'],
    [{ quant_method: 'modelopt', quant_algo: 'NVFP4', ignore: ['lm_head'] }, 'nvfp4'],
    [
      { load_in_4bit: true, bnb_4bit_quant_type: 'nf4', bnb_4bit_use_double_quant: true },
      'nf4-double',
    ],
    [{ quant_method: 'bitsandbytes', load_in_8bit: true }, 'int8-row'],
    [compressed({ num_bits: 4, type: 'float', strategy: 'tensor_group', group_size: 16 }), 'nvfp4'],
    [compressed({ num_bits: 8, type: 'float', strategy: 'channel' }), 'fp8-row'],
    [
      compressed({ num_bits: 4, type: 'int', group_size: 128, symmetric: false }),
      'packed-int4-offset-g128',
    ],
  ])('%j', (quantization, format) => {
    expect(formatsOf(quantised(quantization))).toMatchObject({ ffn: format, default: 'bf16' })
  })

  test('with the head where the config says so, and with the experts of a key of their own', () => {
    expect(
      formatsOf(quantised({ quant_method: 'gptq', bits: 4, group_size: 64, lm_head: true })),
    ).toMatchObject({ head: 'gptq-int4-g64' })
    expect(formatsOf(published('deepseek-v4-flash'))).toMatchObject({
      experts: 'mxfp4',
      attention: 'fp8-block',
    })
  })

  test('around a language model that stands inside', () => {
    const { model_type, ...text } = llama
    const config = {
      model_type: 'llava',
      text_config: { model_type, ...text },
      quantization_config: { quant_method: 'fp8' },
    }
    expect(formatsOf(config)).toMatchObject({ attention: 'fp8' })
  })

  test('parameters, FLOPs and cache are as without', () => {
    const { quantization_config: _, ...plain } = published('gpt-oss-120b')
    const [with_it, without] = [published('gpt-oss-120b'), plain].map((config) =>
      evaluate(prepare(importConfig(config).architecture)),
    )
    for (const part of ['params', 'flops', 'cache'] as const)
      expect(with_it![part]).toEqual(without![part])
    expect(without!.weights.bytes).toBe(2 * without!.params.total)
  })
})

describe('what is said', () => {
  test('a method that is not read', () => {
    const config = quantised({ quant_method: 'hqq', nbits: 4 })
    expect(notesOf(config)).toMatch(
      /quantization_config is not understood \("hqq"\); the weights are counted in bf16/,
    )
    expect(importConfig(config).report.not_understood).toContain('quantization_config.nbits')
  })

  test('keys that were read, and torch_dtype as one that changes nothing', () => {
    const { report } = importConfig({
      ...quantised({
        quant_method: 'fp8',
        weight_block_size: [128, 128],
        kv_cache_scheme: { num_bits: 8 },
      }),
      torch_dtype: 'float32',
    })
    expect(report.read).toMatchObject({ 'quantization_config.weight_block_size': [128, 128] })
    expect(report.left_out).toEqual([
      {
        name: 'quantization_config.kv_cache_scheme.num_bits',
        why: expect.stringMatching(/cache/) as string,
      },
    ])
    expect(report.ignored).toContain('torch_dtype')
  })

  test('modules whose place is not known, and a part of a role', () => {
    const left = (...modules_to_not_convert: string[]): Config =>
      quantised({ quant_method: 'fp8', modules_to_not_convert })
    expect(notesOf(left('model.layers.3.cortex'))).toMatch(
      /counted as quantised: model.layers.3.cortex\./,
    )
    expect(notesOf(left('o_proj'))).toMatch(
      /In 32 of 32 layers a part of attention stays unquantised/,
    )
    expect(notesOf(left('model.layers.*.mlp.down_proj*'))).toMatch(/a part of ffn/)
    expect(notesOf(left('lm_head', 'model.embed_tokens', 'model.norm'))).toBe('')
  })

  test('a pattern that could take long is not followed', () => {
    const text = notesOf(
      quantised({ quant_method: 'fp8', modules_to_not_convert: ['re:(.+)+!', 're:('] }),
    )
    expect(text).toMatch(/counted as quantised: re:\(\.\+\)\+!, re:\(/)
  })
})

describe('the format that states are asked for in', () => {
  const states = (config: Config): unknown => importConfig(config).architecture.states
  const nemotron = published('nemotron-3-nano-30b-a3b')
  const { mamba_ssm_cache_dtype: _, ...silent } = nemotron

  test('is read, and told', () => {
    const { architecture, report } = importConfig({ ...nemotron, mamba_ssm_cache_dtype: 'float16' })
    expect(architecture.states).toBe('fp16')
    expect(report.read['mamba_ssm_cache_dtype']).toBe('float16')
    expect(states(published('qwen3.5-27b'))).toBe('fp32')
  })

  test('is that of the class where the config says nothing, and of none where that has none', () => {
    expect(states(silent)).toBe('fp32')
    expect(importConfig(silent).report.defaulted['mamba_ssm_cache_dtype']).toBe('float32')
    expect(states(published('qwen3-next-80b-a3b'))).toBeUndefined()
    expect(states(published('granite-4.0-h-small'))).toBeUndefined()
  })

  test('is left open with a warning where it is not known', () => {
    const { architecture, notes } = importConfig({ ...nemotron, mamba_ssm_cache_dtype: 'float8' })
    expect(architecture.states).toBeUndefined()
    expect(notes.map(({ text }) => text).join()).toMatch(/asks for states in float8/)
    expect(states({ ...nemotron, mamba_ssm_cache_dtype: 'auto' })).toBeUndefined()
  })
})
