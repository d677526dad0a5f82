/** Headers that list no tensors: the same model as its published config.json. */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'
import { load } from './load.ts'
import { model, type Value } from './write.ts'

const pattern = (n: number, every: number): number[] =>
  Array.from({ length: n }, (_, layer) => Number((layer + 1) % every !== 0))

const delta = {
  'attention.key_length': 256,
  'attention.value_length': 256,
  'ssm.conv_kernel': 4,
  'ssm.state_size': 128,
  'ssm.group_count': 16,
  full_attention_interval: 4,
  'rope.dimension_count': 64,
  'rope.freq_base': { f32: 1e7 },
  context_length: 262144,
  vocab_size: 248320,
}

const published: Record<string, Record<string, Value>> = {
  'lfm2-1.2b': model('lfm2', {
    block_count: 16,
    context_length: 128000,
    embedding_length: 2048,
    feed_forward_length: 8192,
    'attention.head_count': 32,
    'attention.head_count_kv': [0, 0, 8, 0, 0, 8, 0, 0, 8, 0, 8, 0, 8, 0, 8, 0],
    'rope.freq_base': { f32: 1e6 },
    'shortconv.l_cache': 3,
    vocab_size: 65536,
  }),
  // One of its layers is a module that predicts further tokens.
  'qwen3.5-27b': model('qwen35', {
    ...delta,
    block_count: 65,
    nextn_predict_layers: 1,
    embedding_length: 5120,
    feed_forward_length: 17408,
    'attention.head_count': 24,
    'attention.head_count_kv': 4,
    'ssm.time_step_rank': 48,
    'ssm.inner_size': 6144,
  }),
  'qwen3.5-35b-a3b': model('qwen35moe', {
    ...delta,
    block_count: 40,
    embedding_length: 2048,
    'attention.head_count': 16,
    'attention.head_count_kv': 2,
    expert_count: 256,
    expert_used_count: 8,
    expert_feed_forward_length: 512,
    expert_shared_feed_forward_length: 512,
    'ssm.time_step_rank': 32,
    'ssm.inner_size': 4096,
  }),
  'gemma-3n-e2b': model('gemma3n', {
    block_count: 30,
    context_length: 32768,
    embedding_length: 2048,
    embedding_length_per_layer_input: 256,
    feed_forward_length: 8192,
    'attention.head_count': 8,
    'attention.head_count_kv': 2,
    'attention.key_length': 256,
    'attention.value_length': 256,
    'attention.sliding_window': 512,
    'attention.shared_kv_layers': 10,
    'attention.sliding_window_pattern': pattern(30, 5),
    'altup.num_inputs': 4,
    vocab_size: 262400,
    'rope.freq_base': { f32: 1e6 },
  }),
}

test.each(Object.entries(published))('%s', async (name, values) => {
  const { architecture, notes } = load(values, {})
  const wanted = (await loadModel(name)).architecture
  const [found, config] = [architecture, wanted].map((each) => evaluate(prepare(each)))
  // A header lists the language model; towers have a file of their own.
  expect({ ...found!.params, whole: null }).toEqual({ ...config!.params, whole: null })
  expect(found!.cache).toEqual(config!.cache)
  expect(found!.flops).toEqual(config!.flops)
  expect(notes.map(({ text }) => text)).toContainEqual(expect.stringContaining('lists no tensors'))
})

test('Gemma 4 12B: full layers have one key-value head, and values that are the keys', () => {
  const { architecture } = load(
    model('gemma4', {
      block_count: 48,
      context_length: 131072,
      embedding_length: 3840,
      feed_forward_length: 15360,
      'attention.head_count': 16,
      'attention.head_count_kv': Array.from({ length: 48 }, (_, layer) =>
        layer % 6 === 5 ? 1 : 8,
      ),
      'attention.key_length': 512,
      'attention.value_length': 512,
      'attention.key_length_swa': 256,
      'attention.value_length_swa': 256,
      'attention.sliding_window': 1024,
      'attention.sliding_window_pattern': pattern(48, 6),
      vocab_size: 262144,
    }),
    {},
  )
  expect(architecture.stacks[0]!.layer[0]).toMatchObject({
    n_heads: 16,
    n_kv_heads: 8,
    d_head: 256,
    window: 1024,
    except: [{ layers: { every: 6, offset: 5 }, n_kv_heads: 1, d_head: 512, value_is_key: 1 }],
  })
  // Keys and values of 1,024 tokens in 40 layers, of all 8,192 in 8.
  const { cache } = evaluate(prepare(architecture))
  expect(cache!.bytes).toBe(2 * 2 * (40 * 1024 * 8 * 256 + 8 * 8192 * 512))
})
