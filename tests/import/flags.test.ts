/** What single keys do to the count, held against the modules that transformers 5.17 declares and builds. */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const paramsOf = (config: Record<string, unknown>): number =>
  evaluate(prepare(importConfig(config).architecture)).params.total

const small = {
  hidden_size: 32,
  intermediate_size: 50,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  vocab_size: 100,
  tie_word_embeddings: true,
}

test.each([
  // Queries 32 * 48, keys and values 32 * 24 each, out 48 * 32: 4,608 instead of 3,072.
  ['olmo', 1536],
  ['phi3', 1536],
  ['cohere2', 1536],
  // Biases of queries, keys and values are 48 + 24 + 24 instead of 32 + 16 + 16.
  ['starcoder2', 1536 + 32],
])('%s takes the head size that the config says', (model_type, more) => {
  const config = { ...small, model_type }
  expect(paramsOf({ ...config, head_dim: 24 }) - paramsOf(config)).toBe(2 * more)
})

const mixture = { ...small, num_key_value_heads: 2, moe_intermediate_size: 10 }
const latent = { kv_lora_rank: 8, q_lora_rank: null, qk_nope_head_dim: 8, v_head_dim: 8 }

test('the biases of DeepSeek-V2 stand in the dense FFN and in the shared experts, not in the others', () => {
  const config = {
    ...mixture,
    ...latent,
    model_type: 'deepseek_v2',
    n_routed_experts: 4,
    num_experts_per_tok: 2,
    n_shared_experts: 3,
    first_k_dense_replace: 1,
  }
  const dense = 50 + 50 + 32
  const shared = 30 + 30 + 32
  expect(paramsOf({ ...config, mlp_bias: true }) - paramsOf(config)).toBe(dense + shared)
})

test('the head of an ERNIE 4.5 mixture has biases where its other matrices have', () => {
  const config = {
    ...mixture,
    model_type: 'ernie4_5_moe',
    moe_num_experts: 4,
    moe_k: 2,
    moe_num_shared_experts: 1,
  }
  const attention = 4 * 32
  const dense = 50 + 50 + 32
  const shared = 10 + 10 + 32
  expect(paramsOf({ ...config, use_bias: true }) - paramsOf(config)).toBe(
    2 * attention + dense + shared + 100,
  )
})

test('the FFN of Apertus has no biases to switch on', () => {
  const config = { ...small, model_type: 'apertus' }
  expect(paramsOf({ ...config, mlp_bias: true })).toBe(paramsOf(config))
})

test('JetMoE calls the size of its heads by two names', () => {
  const config = { ...small, model_type: 'jetmoe', num_local_experts: 4, num_experts_per_tok: 2 }
  expect(paramsOf({ ...config, head_dim: 12 })).toBe(paramsOf({ ...config, kv_channels: 12 }))
})

test('Kimi Linear attends in layers 4, 8, ... where no list says so, and never ties its head', () => {
  const config = {
    ...mixture,
    ...latent,
    model_type: 'kimi_linear',
    num_hidden_layers: 6,
    num_experts: 4,
    num_experts_per_token: 2,
  }
  const listed = Array.from({ length: 6 }, (_, layer) =>
    layer === 4 ? 'full_attention' : 'linear_attention',
  )
  const { architecture } = importConfig(config)
  expect(architecture.stacks[0]!.layer).toEqual(
    importConfig({ ...config, layer_types: listed }).architecture.stacks[0]!.layer,
  )
  expect(paramsOf(config)).toBe(paramsOf({ ...config, tie_word_embeddings: false }))
})

test('the language model of GLM-4.1V shares out its width and always has biases', () => {
  const text = { ...small, model_type: 'glm4v_text', hidden_size: 32 }
  const attention = 32 * 32 + 32 + 2 * (32 * 16 + 16) + 32 * 32
  const layer = attention + 3 * 32 * 50 + 4 * 32
  for (const more of [{}, { head_dim: 128 }, { attention_bias: false }])
    expect(paramsOf({ ...text, ...more })).toBe(100 * 32 + 2 * layer + 32)
})

test('parameters of the rotary embedding that are null are the default of the family', () => {
  const config = { ...small, model_type: 'gpt_oss', num_local_experts: 4, head_dim: 16 }
  expect(importConfig({ ...config, rope_parameters: null }).architecture).toEqual(
    importConfig(config).architecture,
  )
})
