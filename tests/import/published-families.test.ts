/** Newer families and their kin against the parameter counts that their checkpoints are published with. */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const paramsOf = (config: object) => evaluate(prepare(importConfig(config).architecture)).params

/** What the head that predicts masked words adds to a published encoder: a dense layer, a norm, a bias. */
const maskedHead = (width: number, vocab_size: number): number =>
  width * width + width + 2 * width + vocab_size

const deberta = {
  relative_attention: true,
  pos_att_type: 'p2c|c2p',
  position_biased_input: false,
  max_position_embeddings: 512,
}
const deberta_v3 = {
  ...deberta,
  model_type: 'deberta-v2',
  position_buckets: 256,
  norm_rel_ebd: 'layer_norm',
  share_att_key: true,
  vocab_size: 128100,
}

test('layers that are run again are stored once, and each pass works and keeps keys and values', () => {
  const ouro = { model_type: 'ouro', num_hidden_layers: 6 }
  const cost = (config: object) =>
    evaluate(prepare(importConfig(config).architecture), { context: 100 })
  const [four, once] = [cost({ ...ouro, total_ut_steps: 4 }), cost({ ...ouro, total_ut_steps: 1 })]
  expect(four.params.total).toBe(once.params.total)
  expect(four.cache?.bytes).toBe(4 * once.cache!.bytes)
  const ends = 2 * 2048 * (49152 + 100)
  expect(four.flops.prefill - ends).toBe(4 * (once.flops.prefill - ends))
})

describe('the published count, to the last parameter', () => {
  test.each<[string, object, number]>([
    [
      'OpenELM 270M, whose layers grow',
      {
        model_type: 'openelm',
        architectures: ['OpenELMForCausalLM'],
        activation_fn_name: 'swish',
        ffn_dim_divisor: 256,
        ffn_multipliers: [
          0.5, 0.73, 0.97, 1.2, 1.43, 1.67, 1.9, 2.13, 2.37, 2.6, 2.83, 3.07, 3.3, 3.53, 3.77, 4.0,
        ],
        ffn_with_glu: true,
        head_dim: 64,
        max_context_length: 2048,
        model_dim: 1280,
        normalization_layer_name: 'rms_norm',
        normalize_qk_projections: true,
        num_gqa_groups: 4,
        num_kv_heads: [3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5],
        num_query_heads: [12, 12, 12, 12, 12, 16, 16, 16, 16, 16, 16, 16, 20, 20, 20, 20],
        num_transformer_layers: 16,
        qkv_multipliers: [0.5, 1.0],
        share_input_output_layers: true,
        vocab_size: 32000,
      },
      271527168,
    ],
    [
      'DeepSeek-MoE 16B',
      {
        model_type: 'deepseek',
        first_k_dense_replace: 1,
        hidden_size: 2048,
        intermediate_size: 10944,
        max_position_embeddings: 4096,
        moe_intermediate_size: 1408,
        n_routed_experts: 64,
        n_shared_experts: 2,
        num_attention_heads: 16,
        num_experts_per_tok: 6,
        num_hidden_layers: 28,
        vocab_size: 102400,
      },
      16375728128,
    ],
    [
      'LLaDA 8B',
      {
        model_type: 'llada',
        architectures: ['LLaDAModelLM'],
        d_model: 4096,
        n_heads: 32,
        n_kv_heads: 32,
        n_layers: 32,
        mlp_hidden_size: 12288,
        embedding_size: 126464,
        vocab_size: 126464,
        max_sequence_length: 4096,
        weight_tying: false,
      },
      8015581184,
    ],
    [
      'Dream 7B',
      {
        model_type: 'Dream',
        architectures: ['DreamModel'],
        hidden_size: 3584,
        intermediate_size: 18944,
        num_attention_heads: 28,
        num_hidden_layers: 28,
        num_key_value_heads: 4,
        vocab_size: 152064,
        max_position_embeddings: 131072,
      },
      7615616512,
    ],
    // 19 * 256 values of the router's correction are stored beside them.
    ['Ling-mini 2.0', { model_type: 'bailing_moe_v2' }, 16_255_643_392 - 19 * 256],
    ['Qwen 7B', { model_type: 'qwen' }, 7_721_324_544],
    [
      'EmbeddingGemma 300M, an encoder without a head',
      {
        model_type: 'gemma3_text',
        hidden_size: 768,
        num_hidden_layers: 24,
        num_attention_heads: 3,
        num_key_value_heads: 1,
        head_dim: 256,
        intermediate_size: 1152,
        vocab_size: 262_144,
        max_position_embeddings: 2048,
        sliding_window: 512,
        use_bidirectional_attention: true,
      },
      302_863_104,
    ],
    [
      'ChatGLM3 6B',
      {
        model_type: 'chatglm',
        padded_vocab_size: 65024,
        multi_query_attention: true,
        multi_query_group_num: 2,
        add_qkv_bias: true,
      },
      6_243_584_000,
    ],
    [
      'GLM-4 9B in its own code',
      {
        model_type: 'chatglm',
        num_layers: 40,
        padded_vocab_size: 151552,
        multi_query_attention: true,
        multi_query_group_num: 2,
        add_qkv_bias: true,
        rope_ratio: 500,
      },
      9_399_951_360,
    ],
    [
      'nomic-embed-text v1.5',
      {
        model_type: 'nomic_bert',
        vocab_size: 30528,
        n_embd: 768,
        n_head: 12,
        n_inner: 3072,
        n_layer: 12,
        n_positions: 8192,
        activation_function: 'swiglu',
        qkv_proj_bias: false,
        mlp_fc1_bias: false,
        mlp_fc2_bias: false,
        rotary_emb_base: 1000,
      },
      136_731_648,
    ],
    ['DeBERTa base', { ...deberta, model_type: 'deberta' }, 138_601_728 + maskedHead(768, 50265)],
    [
      'DeBERTa v3 base',
      {
        ...deberta_v3,
        hidden_size: 768,
        num_hidden_layers: 12,
        num_attention_heads: 12,
        intermediate_size: 3072,
      },
      183_831_552 + maskedHead(768, 128100),
    ],
    // Published with a pooler, a dense layer.
    [
      'MPNet base',
      { model_type: 'mpnet', max_position_embeddings: 514 },
      109_486_464 - (768 * 768 + 768) + maskedHead(768, 30527),
    ],
    [
      'Blenderbot 400M distill',
      {
        model_type: 'blenderbot',
        d_model: 1280,
        encoder_ffn_dim: 5120,
        decoder_layers: 12,
        decoder_ffn_dim: 5120,
      },
      364_802_560,
    ],
    [
      'LED base',
      {
        model_type: 'led',
        d_model: 768,
        encoder_layers: 6,
        encoder_ffn_dim: 3072,
        encoder_attention_heads: 12,
        decoder_layers: 6,
        decoder_ffn_dim: 3072,
        decoder_attention_heads: 12,
        attention_window: 1024,
      },
      161_844_480,
    ],
  ])('%s', (_name, config, params) => {
    expect(paramsOf(config).total).toBe(params)
  })
})

const layers = (n_layers: number, kindOf: (layer: number) => string): string[] =>
  Array.from({ length: n_layers }, (_, layer) => kindOf(layer))

describe('billions of parameters, in all and active, as announced', () => {
  test.each<[string, object, number, number]>([
    [
      'Trinity Mini',
      {
        model_type: 'afmoe',
        num_attention_heads: 32,
        num_key_value_heads: 4,
        num_dense_layers: 2,
        num_experts: 128,
        num_experts_per_tok: 8,
        num_shared_experts: 1,
        moe_intermediate_size: 1024,
        sliding_window: 2048,
      },
      26,
      3,
    ],
    ['A.X K1', { model_type: 'axk1' }, 519, 33],
    ['Hy3', { model_type: 'hy_v3' }, 295, 21],
    [
      'K-EXAONE',
      {
        model_type: 'exaone_moe',
        vocab_size: 153600,
        hidden_size: 6144,
        intermediate_size: 18432,
        num_hidden_layers: 48,
        num_attention_heads: 64,
        num_key_value_heads: 8,
        head_dim: 128,
        moe_intermediate_size: 2048,
        num_experts: 128,
        sliding_window: 128,
      },
      237,
      24,
    ],
    [
      'Laguna XS.2',
      {
        model_type: 'laguna',
        num_attention_heads_per_layer: layers(40, (layer) => (layer % 4 === 0 ? '48' : '64')).map(
          Number,
        ),
      },
      33,
      3,
    ],
    ['LongCat-Flash', { model_type: 'longcat_flash' }, 561, 28],
    ['Mistral Small 4', { model_type: 'mistral4' }, 119, 7],
    ['Solar Open', { model_type: 'solar_open' }, 103, 12],
    [
      'Step 3.5 Flash',
      {
        model_type: 'step3p5',
        use_head_wise_attn_gate: true,
        use_moe_router_bias: true,
        sliding_window: 512,
        layer_types: layers(45, (layer) =>
          layer % 4 === 0 ? 'full_attention' : 'sliding_attention',
        ),
        attention_other_setting: {
          attention_type: 'sliding_attention',
          num_attention_heads: 96,
          num_attention_groups: 8,
          head_dim: 128,
        },
        moe_layers_enum: layers(42, (layer) => String(layer + 3)).join(','),
      },
      197,
      12,
    ],
  ])('%s', (_name, config, total, active) => {
    const params = paramsOf(config)
    expect([params.total, params.active].map((each) => Math.round(each / 1e9))).toEqual([
      total,
      active,
    ])
  })
})
