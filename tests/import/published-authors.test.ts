/** Families that come with code of their authors, against what is published of them. */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const costOf = (config: object) =>
  evaluate(prepare(importConfig(config).architecture), { context: 100 })

test('Hymba 1.5B has the count of its checkpoint, with meta tokens and shared keys and values', () => {
  expect(
    costOf({
      model_type: 'hymba',
      architectures: ['HymbaForCausalLM'],
      vocab_size: 32001,
      hidden_size: 1600,
      intermediate_size: 5504,
      num_hidden_layers: 32,
      num_attention_heads: 25,
      num_key_value_heads: 5,
      mamba_d_state: 16,
      mamba_d_conv: 4,
      mamba_expand: 2,
      mamba_dt_rank: 100,
      mamba_conv_bias: true,
      mamba_proj_bias: false,
      mamba_inner_layernorms: true,
      tie_word_embeddings: true,
      kv_reuse_every_i_layer: -1,
      kv_reuse_group: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
        [9, 10],
        [11, 12],
        [13, 14],
        [16, 17, 18],
        [19, 20],
        [21, 22],
        [23, 24],
        [25, 26],
        [27, 28],
        [29, 30],
      ],
      global_attn_idx: [0, 15, 31],
      sliding_window: 1024,
      num_memory_tokens: 128,
      kq_norm: 'none',
      rope: true,
      rope_theta: 10000.0,
      rope_type: 'ntk',
      orig_max_position_embeddings: 2048,
      max_position_embeddings: 8192,
      v_head_dim: 128,
      kq_head_dim: -1,
      mlp_hidden_act: 'silu',
      num_mamba: 1,
      num_experts: 1,
      num_experts_per_tok: 1,
      attn_implementation_new: 'flex',
    }).params.total,
  ).toBe(1_522_797_824)
})

test('Step3 comes to the 316 billion parameters, and 38 active, of its report', () => {
  const { params } = costOf({
    model_type: 'step3_text',
    architectures: ['Step3TextForCausalLM'],
    hidden_size: 7168,
    intermediate_size: 18432,
    num_attention_heads: 64,
    num_attention_groups: 1,
    num_hidden_layers: 61,
    max_seq_len: 65536,
    vocab_size: 128815,
    moe_intermediate_size: 5120,
    moe_num_experts: 48,
    moe_top_k: 3,
    share_expert_dim: 5120,
    share_q_dim: 2048,
    head_dim: 256,
    norm_expert_weight: false,
    max_position_embedding: 65536,
    rope_theta: 500000,
    moe_layers_enum:
      '4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59',
  })
  expect(Math.round(params.total / 1e9)).toBe(316)
  expect(Math.floor(params.active / 1e9)).toBe(38)
})

test('Yuan 2.0 M32 comes to 40 billion parameters, 3.7 of them active beside the table', () => {
  const { params } = costOf({
    model_type: 'yuan',
    architectures: ['YuanForCausalLM'],
    vocab_size: 135040,
    hidden_size: 2048,
    intermediate_size: 8192,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    attention_projection_size: 4096,
    use_moe: true,
    moe_config: {
      moe_num_experts: 32,
      moe_top_k: 2,
      ffn_hidden_size: 8192,
      norm_topk_prob: true,
      router_type: 'attn_router',
      gated_linear_unit: true,
    },
    tie_word_embeddings: false,
    max_position_embeddings: 16384,
    hidden_act: 'silu',
  })
  expect(Math.round(params.total / 1e9)).toBe(40)
  expect(Math.round((params.active - params.embedding) / 1e8)).toBe(37)
})

test('Motif 2.6B has the sum of the shapes that its code declares, and the grouped attention of its successors is refused', () => {
  const config = {
    model_type: 'motif',
    architectures: ['MotifForCausalLM'],
    vocab_size: 219520,
    hidden_size: 2048,
    intermediate_size: 8192,
    num_hidden_layers: 32,
    num_attention_heads: 16,
    num_key_value_heads: 16,
    tie_word_embeddings: true,
    max_position_embeddings: 16384,
    hidden_act: 'poly_norm',
    use_bias: false,
  }
  // A table, a last norm, and of each layer four square matrices, four vectors and a norm for heads, three matrices, PolyNorm, two norms.
  expect(costOf(config).params.total).toBe(449_576_960 + 2048 + 32 * 67_113_732)
  expect(() => importConfig({ ...config, num_noise_heads: 8 })).toThrow(/grouped differential/)
})

test('MobileLLM runs each layer twice in a row, and stores it once', () => {
  const config = {
    model_type: 'mobilellm',
    architectures: ['MobileLLMForCausalLM'],
    hidden_size: 576,
    intermediate_size: 1536,
    num_hidden_layers: 30,
    num_attention_heads: 9,
    num_key_value_heads: 3,
    head_dim: 64,
    vocab_size: 32000,
    share_embedding: true,
    layer_sharing: true,
    max_position_embeddings: 2048,
    tie_word_embeddings: false,
    mlp_bias: false,
  }
  const [twice, once] = [costOf(config), costOf({ ...config, layer_sharing: false })]
  // As the authors' code builds it.
  expect(once.params.total).toBe(124_635_456)
  expect(twice.params.total).toBe(once.params.total)
  expect(twice.cache?.bytes).toBe(2 * once.cache!.bytes)
  const ends = 2 * 32_000 * 576
  expect(twice.flops.prefill - ends).toBe(2 * (once.flops.prefill - ends))
})
