import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { attention, codestral, ends, exact, ffn, load, norms, total } from './load.ts'
import { layers, model } from './write.ts'

test('a llama of the size of Codestral 22B has its 22,247,282,688 parameters', () => {
  const found = load(codestral, {
    ...ends(6144, 32768),
    ...layers(56, { ...norms(6144), ...attention(6144, 6144, 1024), ...ffn(6144, 16384) }),
  })
  expect(total(found.architecture)).toBe(22_247_282_688)
  expect(found.architecture).toMatchObject({ name: 'Codestral 22B', max_context: 32768 })
  expect(exact(found)).toBe(true)
  expect(found.notes.filter(({ level }) => level === 'warning')).toEqual([])
  expect(found.report.not_understood).toEqual([])
})

test('a llama with experts is a Mixtral', () => {
  const values = model('llama', {
    block_count: 32,
    context_length: 32768,
    embedding_length: 4096,
    feed_forward_length: 14336,
    'attention.head_count': 32,
    'attention.head_count_kv': 8,
    expert_count: 8,
    expert_used_count: 2,
  })
  const experts = {
    'ffn_gate_inp.weight': [4096, 8],
    'ffn_gate_exps.weight': [4096, 14336, 8],
    'ffn_up_exps.weight': [4096, 14336, 8],
    'ffn_down_exps.weight': [14336, 4096, 8],
  }
  const found = load(values, {
    ...ends(4096, 32000),
    ...layers(32, { ...norms(4096), ...attention(4096, 4096, 1024), ...experts }),
  })
  const { params } = evaluate(prepare(found.architecture))
  expect([params.total, params.active]).toEqual([46_702_792_704, 12_879_925_248])
  expect(exact(found)).toBe(true)
})

test('a tied Qwen3 0.6B, its norms on queries and keys included', () => {
  const values = model('qwen3', {
    block_count: 28,
    context_length: 40960,
    embedding_length: 1024,
    feed_forward_length: 3072,
    'attention.head_count': 16,
    'attention.head_count_kv': 8,
    'attention.key_length': 128,
    'attention.value_length': 128,
    'rope.freq_base': { f32: 1e6 },
  })
  const qk = { 'attn_q_norm.weight': [128], 'attn_k_norm.weight': [128] }
  const found = load(values, {
    ...ends(1024, 151936, false),
    ...layers(28, { ...norms(1024), ...attention(1024, 2048, 1024), ...qk, ...ffn(1024, 3072) }),
  })
  expect(total(found.architecture)).toBe(596_049_920)
  expect(exact(found)).toBe(true)
})

test('a Qwen2 with its biases', () => {
  const values = model('qwen2', {
    block_count: 24,
    context_length: 32768,
    embedding_length: 896,
    feed_forward_length: 4864,
    'attention.head_count': 14,
    'attention.head_count_kv': 2,
    'rope.freq_base': { f32: 1e6 },
  })
  const biases = { 'attn_q.bias': [896], 'attn_k.bias': [128], 'attn_v.bias': [128] }
  const found = load(values, {
    ...ends(896, 151936, false),
    ...layers(24, { ...norms(896), ...attention(896, 896, 128), ...biases, ...ffn(896, 4864) }),
  })
  expect(total(found.architecture)).toBe(494_032_768)
  expect(exact(found)).toBe(true)
})

test('a Gemma 3 1B, with windows in five of six layers', () => {
  const values = model('gemma3', {
    block_count: 26,
    context_length: 32768,
    embedding_length: 1152,
    feed_forward_length: 6912,
    'attention.head_count': 4,
    'attention.head_count_kv': 1,
    'attention.key_length': 256,
    'attention.value_length': 256,
    'attention.sliding_window': 512,
    'rope.freq_base': { f32: 1e6 },
  })
  const more = {
    'post_attention_norm.weight': [1152],
    'post_ffw_norm.weight': [1152],
    'attn_q_norm.weight': [256],
    'attn_k_norm.weight': [256],
  }
  const found = load(values, {
    ...ends(1152, 262144, false),
    ...layers(26, { ...norms(1152), ...attention(1152, 1024, 256), ...more, ...ffn(1152, 6912) }),
  })
  expect(total(found.architecture)).toBe(999_885_952)
  expect(found.architecture.stacks[0]!.layer[0]).toMatchObject({
    window: 512,
    except: [{ layers: { every: 6, offset: 5 }, window: null }],
  })
  expect(exact(found)).toBe(true)
})

test('a Gemma 2 2B', () => {
  const values = model('gemma2', {
    block_count: 26,
    context_length: 8192,
    embedding_length: 2304,
    feed_forward_length: 9216,
    'attention.head_count': 8,
    'attention.head_count_kv': 4,
    'attention.key_length': 256,
    'attention.value_length': 256,
    'attention.sliding_window': 4096,
  })
  const more = { 'post_attention_norm.weight': [2304], 'post_ffw_norm.weight': [2304] }
  const found = load(values, {
    ...ends(2304, 256000, false),
    ...layers(26, { ...norms(2304), ...attention(2304, 2048, 1024), ...more, ...ffn(2304, 9216) }),
  })
  expect(total(found.architecture)).toBe(2_614_341_888)
  expect(exact(found)).toBe(true)
})

test('a Phi 3 mini, with its joint matrices', () => {
  const values = model('phi3', {
    block_count: 32,
    context_length: 4096,
    embedding_length: 3072,
    feed_forward_length: 8192,
    'attention.head_count': 32,
    'attention.head_count_kv': 32,
    'rope.dimension_count': 96,
    'attention.sliding_window': 2047,
  })
  const joint = {
    'attn_qkv.weight': [3072, 9216],
    'attn_output.weight': [3072, 3072],
    'ffn_up.weight': [3072, 16384],
    'ffn_down.weight': [8192, 3072],
  }
  const found = load(values, { ...ends(3072, 32064), ...layers(32, { ...norms(3072), ...joint }) })
  expect(total(found.architecture)).toBe(3_821_079_552)
  expect(exact(found)).toBe(true)
})

test.each([
  [
    'as older files say its heads',
    { 'attention.head_count_kv': 16, 'attention.key_length': 192, 'attention.value_length': 128 },
  ],
  [
    'as newer files say its cache',
    {
      'attention.head_count_kv': 1,
      'attention.key_length': 576,
      'attention.value_length': 512,
      'attention.key_length_mla': 192,
      'attention.value_length_mla': 128,
    },
  ],
])('a DeepSeek-V2-Lite %s', (_how, sizes) => {
  const values = model('deepseek2', {
    block_count: 27, context_length: 163840, embedding_length: 2048, feed_forward_length: 10944, 'attention.head_count': 16, ...sizes,
    'attention.kv_lora_rank': 512, 'rope.dimension_count': 64, expert_count: 64, expert_used_count: 6, expert_shared_count: 2, expert_feed_forward_length: 1408,
    leading_dense_block_count: 1, 'rope.scaling.type': 'yarn', 'rope.scaling.factor': { f32: 40 }, 'rope.scaling.original_context_length': 4096,
  }) // prettier-ignore
  const latent = {
    ...norms(2048),
    'attn_q.weight': [2048, 3072],
    'attn_kv_a_mqa.weight': [2048, 576],
    'attn_kv_a_norm.weight': [512],
    'attn_kv_b.weight': [512, 4096],
    'attn_output.weight': [2048, 2048],
  }
  const experts = {
    'ffn_gate_inp.weight': [2048, 64], 'ffn_gate_exps.weight': [2048, 1408, 64], 'ffn_up_exps.weight': [2048, 1408, 64], 'ffn_down_exps.weight': [1408, 2048, 64],
    'ffn_gate_shexp.weight': [2048, 2816], 'ffn_up_shexp.weight': [2048, 2816], 'ffn_down_shexp.weight': [2816, 2048],
  } // prettier-ignore
  const found = load(values, {
    ...ends(2048, 102400),
    ...layers(1, { ...latent, ...ffn(2048, 10944) }),
    ...layers(26, { ...latent, ...experts }, 1),
  })
  expect(total(found.architecture)).toBe(15_706_484_224)
  expect(exact(found)).toBe(true)
})

test('a gpt-oss 20B, sinks and biases included', () => {
  const values = model('gpt-oss', {
    block_count: 24,
    context_length: 131072,
    embedding_length: 2880,
    feed_forward_length: 2880,
    expert_feed_forward_length: 2880,
    'attention.head_count': 64,
    'attention.head_count_kv': 8,
    'attention.key_length': 64,
    'attention.value_length': 64,
    'attention.sliding_window': 128,
    expert_count: 32,
    expert_used_count: 4,
    'rope.freq_base': { f32: 150000 },
  })
  const biases = {
    'attn_q.bias': [4096],
    'attn_k.bias': [512],
    'attn_v.bias': [512],
    'attn_output.bias': [2880],
    'attn_sinks.weight': [64],
  }
  const experts = {
    'ffn_gate_inp.weight': [2880, 32], 'ffn_gate_inp.bias': [32], 'ffn_gate_exps.weight': [2880, 2880, 32], 'ffn_up_exps.weight': [2880, 2880, 32], 'ffn_down_exps.weight': [2880, 2880, 32],
    'ffn_gate_exps.bias': [2880, 32], 'ffn_up_exps.bias': [2880, 32], 'ffn_down_exps.bias': [2880, 32],
  } // prettier-ignore
  const found = load(values, {
    ...ends(2880, 201088),
    ...layers(24, {
      'attn_norm.weight': [2880],
      'post_attention_norm.weight': [2880],
      ...attention(2880, 4096, 512),
      ...biases,
      ...experts,
    }),
  })
  expect(total(found.architecture)).toBe(20_914_757_184)
  expect(exact(found)).toBe(true)
})
