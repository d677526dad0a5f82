/**
 * Parameters of state spaces, hybrids and sparse attention against the counts of their published checkpoints: the
 * hub's totals as public code and tables quote them. Falcon-Mamba and Zamba are measured on transformers' code.
 */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const every = (n_layers: number, at: number[], kind: string, other: string): string[] =>
  Array.from({ length: n_layers }, (_, layer) => (at.includes(layer) ? kind : other))

const published: readonly [string, Record<string, unknown>, number][] = [
  [
    'falcon-mamba-7b',
    {
      model_type: 'falcon_mamba',
      vocab_size: 65024,
      hidden_size: 4096,
      intermediate_size: 8192,
      num_hidden_layers: 64,
      state_size: 16,
      conv_kernel: 4,
      expand: 16,
      time_step_rank: 256,
      use_conv_bias: true,
      tie_word_embeddings: false,
    },
    7_272_665_088,
  ],
  [
    'Zamba-7B-v1',
    {
      model_type: 'zamba',
      vocab_size: 32000,
      hidden_size: 3712,
      intermediate_size: 14848,
      num_hidden_layers: 76,
      num_attention_heads: 16,
      attn_layer_period: 6,
      attn_layer_offset: 4,
      n_mamba_heads: 2,
      mamba_dt_rank: 'auto',
    },
    7_232_490_496,
  ],
  [
    'Zamba2-1.2B',
    {
      model_type: 'zamba2',
      vocab_size: 32000,
      hidden_size: 2048,
      intermediate_size: 8192,
      num_hidden_layers: 38,
      layers_block_type: every(38, [5, 11, 17, 23, 29, 35], 'hybrid', 'mamba'),
      num_attention_heads: 32,
      num_mem_blocks: 1,
      adapter_rank: 128,
      use_shared_attention_adapter: true,
      use_mem_rope: true,
      n_mamba_heads: 64,
      mamba_ngroups: 1,
      mamba_d_state: 128,
    },
    1_215_064_704,
  ],
  [
    'Falcon-H1-0.5B',
    {
      model_type: 'falcon_h1',
      vocab_size: 32784,
      hidden_size: 1024,
      intermediate_size: 2048,
      num_hidden_layers: 36,
      num_attention_heads: 8,
      num_key_value_heads: 2,
      head_dim: 64,
      mamba_d_ssm: 1536,
      mamba_n_heads: 24,
      mamba_d_head: 64,
      mamba_n_groups: 1,
      mamba_d_state: 128,
      mamba_rms_norm: false,
      tie_word_embeddings: false,
    },
    521_411_104,
  ],
  [
    'LFM2-8B-A1B',
    {
      model_type: 'lfm2_moe',
      vocab_size: 65536,
      hidden_size: 2048,
      intermediate_size: 7168,
      moe_intermediate_size: 1792,
      num_hidden_layers: 24,
      num_dense_layers: 2,
      num_experts: 32,
      num_experts_per_tok: 4,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      layer_types: every(24, [2, 6, 10, 14, 18, 21], 'full_attention', 'conv'),
    },
    8_339_929_856,
  ],
  [
    'MiniMax-Text-01',
    {
      model_type: 'minimax',
      vocab_size: 200064,
      hidden_size: 6144,
      intermediate_size: 9216,
      num_hidden_layers: 80,
      num_attention_heads: 64,
      num_key_value_heads: 8,
      head_dim: 128,
      rotary_dim: 64,
      num_local_experts: 32,
      num_experts_per_tok: 2,
      attn_type_list: Array.from({ length: 80 }, (_, layer) => (layer % 8 === 7 ? 1 : 0)),
    },
    456_089_655_296,
  ],
  [
    // The checkpoint holds 26 * 256 values of routers more, which are no parameters.
    'Kimi-Linear-48B-A3B',
    {
      model_type: 'kimi_linear',
      vocab_size: 163840,
      hidden_size: 2304,
      intermediate_size: 9216,
      moe_intermediate_size: 1024,
      num_hidden_layers: 27,
      num_attention_heads: 32,
      q_lora_rank: null,
      num_experts: 256,
      num_experts_per_token: 8,
      num_shared_experts: 1,
      first_k_dense_replace: 1,
      linear_attn_config: {
        full_attn_layers: [4, 8, 12, 16, 20, 24, 27],
        head_dim: 128,
        num_heads: 32,
        short_conv_kernel_size: 4,
      },
    },
    49_122_681_728 - 26 * 256,
  ],
  // By the equations of the paper, arXiv 2404.05892, for Eagle and for Finch.
  ['Eagle-7B', { model_type: 'rwkv5', hidden_size: 4096, num_hidden_layers: 32 }, 7_518_044_160],
  ['Finch-1.6B', { model_type: 'rwkv6', hidden_size: 2048, num_hidden_layers: 24 }, 1_599_873_024],
  [
    'RWKV7-World-0.1B',
    { model_type: 'rwkv7', hidden_size: 768, num_hidden_layers: 12 },
    191_034_624,
  ],
  [
    'RWKV7-World-0.4B',
    { model_type: 'rwkv7', hidden_size: 1024, num_hidden_layers: 24, gate_low_rank_dim: 128 },
    450_767_872,
  ],
  [
    'RWKV7-World-1.5B',
    { model_type: 'rwkv7', hidden_size: 2048, num_hidden_layers: 24 },
    1_527_404_544,
  ],
  [
    'RWKV7-World-2.9B',
    { model_type: 'rwkv7', hidden_size: 2560, num_hidden_layers: 32 },
    2_947_735_040,
  ],
]

test.each(published)('%s has the parameters of its checkpoint', (_, config, total) => {
  const { architecture, report } = importConfig(config)
  expect(evaluate(prepare(architecture)).params.total).toBe(total)
  expect(report.not_understood).toEqual([])
})

test('DeepSeek-V4 has the rounded sizes of its model card', () => {
  const ratios = Array.from({ length: 41 }, (_, layer) => (layer % 2 === 0 ? 4 : 128))
  const flash = importConfig({
    model_type: 'deepseek_v4',
    hidden_size: 4096,
    num_hidden_layers: 43,
    compress_ratios: [0, 0, ...ratios],
  })
  const { total, active } = evaluate(prepare(flash.architecture)).params
  expect([total, active].map((count) => Math.round(count / 1e9))).toEqual([284, 14])
})

test('a shared block of Zamba counts in the layer that uses it first', () => {
  const { architecture } = importConfig({
    model_type: 'zamba',
    hidden_size: 3712,
    num_hidden_layers: 76,
  })
  const { by_layer } = evaluate(prepare(architecture)).params
  const plain = by_layer[0]!
  const projection = 3712 ** 2
  expect(by_layer.filter((params) => params === plain)).toHaveLength(63)
  expect(by_layer.filter((params) => params === plain + projection)).toHaveLength(12)
  expect(by_layer[2]).toBeGreaterThan(plain + projection)
})
