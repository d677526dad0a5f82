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

const genome = {
  model_type: 'bert',
  hidden_size: 768,
  intermediate_size: 3072,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  vocab_size: 4096,
  max_position_embeddings: 512,
  type_vocab_size: 2,
}

test('DNABERT-2, of MosaicBERT: slopes in the place of a table, and a gated network', () => {
  const { params } = costOf({
    ...genome,
    architectures: ['BertModel'],
    position_embedding_type: 'absolute',
    alibi_starting_size: 512,
    flash_attn: true,
  })
  expect(params.total).toBe(117_068_544)
})

test.each([
  ['base', { vocab_size: 30528 }, 137_368_320],
  [
    'small',
    {
      vocab_size: 30528,
      hidden_size: 512,
      num_hidden_layers: 4,
      num_attention_heads: 8,
      intermediate_size: 2048,
    },
    32_690_688,
  ],
])('Jina embeddings 2 %s says the same of its layers by other keys', (_, shape, published) => {
  const { params } = costOf({
    ...genome,
    ...shape,
    architectures: ['JinaBertModel'],
    max_position_embeddings: 8192,
    position_embedding_type: 'alibi',
    feed_forward_type: 'geglu',
    emb_pooler: 'mean',
  })
  expect(params.total).toBe(published)
})

/** The card counts 572,310,396: five sets of narrow matrices of rank 4, beside every matrix and table, are 12,946,300. */
test('Jina embeddings 3 without its adapters has no table of positions; with them it is refused', () => {
  const config = {
    model_type: 'xlm-roberta',
    architectures: ['XLMRobertaModel'],
    hidden_size: 1024,
    intermediate_size: 4096,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    vocab_size: 250002,
    max_position_embeddings: 8194,
    type_vocab_size: 1,
    position_embedding_type: 'rotary',
    rotary_emb_base: 20000.0,
  }
  expect(costOf(config).params.total).toBe(572_310_396 - 12_946_300)
  expect(() => costOf({ ...config, lora_adaptations: ['separation'], lora_rank: 4 })).toThrow(
    'narrow matrices',
  )
})

test('XVERSE-MoE-A4.2B comes to the 25.8 billion parameters, and 4.2 active, of its card', () => {
  const { params } = costOf({
    model_type: 'xverse',
    architectures: ['XverseForCausalLM'],
    hidden_size: 2560,
    intermediate_size: 1728,
    num_hidden_layers: 28,
    num_attention_heads: 32,
    vocab_size: 100278,
    num_experts: 64,
    moe_top_k: 6,
    num_shared_experts: 2,
  })
  expect(params.total / 1e9).toBeCloseTo(25.8, 1)
  expect(params.active / 1e9).toBeCloseTo(4.2, 1)
})

test('LLaDA-MoE 7B has the count of its checkpoint under the type of the dense model', () => {
  const { params } = costOf({
    model_type: 'llada',
    architectures: ['LLaDAMoEModelLM'],
    hidden_size: 2048,
    num_hidden_layers: 16,
    num_attention_heads: 16,
    num_key_value_heads: 16,
    num_experts: 64,
    num_experts_per_tok: 8,
    expert_intermediate_size: 1024,
    dense_intermediate_size: 8192,
    shared_expert_intermediate_size: null,
    moe_layer_freq: Array.from({ length: 16 }, () => 1),
    vocab_size: 157184,
    qk_layernorm: true,
    attention_bias: false,
    tie_word_embeddings: false,
    rope_theta: 50000,
    max_position_embeddings: 8192,
  })
  expect(params.total).toBe(7_356_880_896)
})

test('GRIN-MoE has the count of its checkpoint', () => {
  const { params } = costOf({
    model_type: 'grinmoe',
    architectures: ['GRINMoEForCausalLM'],
    hidden_size: 4096,
    intermediate_size: 6400,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    num_local_experts: 16,
    num_experts_per_tok: 2,
    vocab_size: 32064,
    attention_bias: true,
    lm_head_bias: true,
    max_position_embeddings: 4096,
  })
  expect(params.total).toBe(41_873_153_344)
})

test('SDAR 8B has the count of Qwen3 8B, which it was made of', () => {
  const { params } = costOf({
    model_type: 'sdar',
    architectures: ['SDARForCausalLM'],
    hidden_size: 4096,
    intermediate_size: 12288,
    num_hidden_layers: 36,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    head_dim: 128,
    vocab_size: 151936,
    tie_word_embeddings: false,
    block_size: 4,
  })
  expect(params.total).toBe(8_190_735_360)
})

test.each([
  ['2.8B', { d_model: 2560, n_layer: 64, pad_vocab_size_multiple: 8, ssm_cfg: {} }, 2_768_345_600],
  ['130M', { d_model: 768, n_layer: 24, pad_vocab_size_multiple: 8, ssm_cfg: {} }, 129_135_360],
  [
    '2.7B of the second kind',
    {
      d_model: 2560,
      d_intermediate: 0,
      n_layer: 64,
      pad_vocab_size_multiple: 16,
      ssm_cfg: { layer: 'Mamba2' },
      attn_layer_idx: [],
      attn_cfg: {},
      tie_embeddings: true,
    },
    2_702_599_680,
  ],
])('Mamba %s as its authors saved it, without a model_type', (_, config, published) => {
  const { params } = costOf({
    ...config,
    vocab_size: 50277,
    rms_norm: true,
    residual_in_fp32: true,
    fused_add_norm: true,
  })
  expect(params.total).toBe(published)
})

test('OLMo 7B as its authors saved it: the table has more rows than the vocabulary', () => {
  const { params } = costOf({
    model_type: 'hf_olmo',
    architectures: ['OLMoForCausalLM'],
    activation_type: 'swiglu',
    d_model: 4096,
    mlp_hidden_size: 22016,
    n_heads: 32,
    n_layers: 32,
    embedding_size: 50304,
    vocab_size: 50280,
    weight_tying: false,
    max_sequence_length: 2048,
  })
  expect(params.total).toBe(6_888_095_744)
})

test.each([
  ['a draft by its class', { model_type: 'llama', architectures: ['LlamaForCausalLMEagle3'] }],
  ['a draft of blocks', { model_type: 'qwen3', architectures: ['DFlashDraftModel'] }],
  ['time mixing by its name', { model_type: 'rwkv6qwen2', hidden_size: 5120 }],
  ['the first GLM', { model_type: 'glm', architectures: ['GLMModel'], block_position_encoding: 1 }],
  ['cross-attention', { model_type: 'bert', is_decoder: true, add_cross_attention: true }],
])('%s is refused, not read as what it resembles', (_, config) => {
  const shape = { num_hidden_layers: 2, num_attention_heads: 8, intermediate_size: 128 }
  expect(() => costOf({ hidden_size: 64, ...shape, ...config })).toThrow(/not modelled/)
})

test('NV-Embed v2 has its head that reads a learned dictionary, as its code has it', () => {
  const bidirectional = {
    model_type: 'bidir_mistral',
    architectures: ['MistralModel'],
    vocab_size: 32000,
    hidden_size: 4096,
    intermediate_size: 14336,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    max_position_embeddings: 32768,
    sliding_window: 4096,
    rope_theta: 10000.0,
  }
  const embed = (text: object, head: object) => ({
    model_type: 'nvembed',
    architectures: ['NVEmbedModel'],
    hidden_size: 4096,
    latent_attention_config: { model_type: 'latent_attention', ...head },
    text_config: { ...bidirectional, ...text },
  })
  // Its authors' head and the library's Mistral, built and run with torch's counter.
  const cost = costOf(embed({}, {}))
  expect(cost.params.total).toBe(7_110_660_096 + 740_356_096)
  expect(cost.flops.prefill).toBe(1_776_648_454_144)
  const sizes = { hidden_size: 64, intermediate_size: 96, num_hidden_layers: 2, vocab_size: 320 }
  const heads = { num_attention_heads: 4, num_key_value_heads: 2 }
  const head = { num_latents_value: 10, hidden_dim: 64, latent_dim: 64 }
  const cross = { num_cross_heads: 3, cross_dim_head: 24 }
  expect(costOf(embed({ ...sizes, ...heads }, { ...head, ...cross })).params.total).toBe(151_424)
  expect(() => costOf(embed(sizes, {}))).toThrow(/hidden_dim: is 4096/)
})

/** Checkpoints as they are published, less the parameters of their towers, which are added up by part. */
const beside_towers: readonly (readonly [of: string, config: object, published: number])[] = [
  [
    'DeepSeek-OCR, with ordinary attention and SAM, CLIP and a matrix before it',
    {
      model_type: 'deepseek_vl_v2',
      architectures: ['DeepseekOCRForCausalLM'],
      language_config: {
        architectures: ['DeepseekV2ForCausalLM'],
        use_mla: false,
        kv_lora_rank: null,
        q_lora_rank: null,
        qk_nope_head_dim: 0,
        qk_rope_head_dim: 0,
        v_head_dim: 0,
        vocab_size: 129280,
        hidden_size: 1280,
        intermediate_size: 6848,
        moe_intermediate_size: 896,
        num_hidden_layers: 12,
        num_attention_heads: 10,
        num_key_value_heads: 10,
        n_routed_experts: 64,
        n_shared_experts: 2,
        num_experts_per_tok: 6,
        first_k_dense_replace: 1,
      },
    },
    3_336_106_240 - 95_569_152 - 303_177_728 - 2_622_720 - 2 * 1280,
  ],
  [
    'dots.ocr',
    {
      model_type: 'dots_ocr',
      architectures: ['DotsOCRForCausalLM'],
      attention_bias: true,
      vocab_size: 151936,
      hidden_size: 1536,
      intermediate_size: 8960,
      num_hidden_layers: 28,
      num_attention_heads: 12,
      num_key_value_heads: 2,
      tie_word_embeddings: false,
    },
    3_039_179_264 - 1_262_091_264,
  ],
  [
    'GOT-OCR 2, whose file stores the tied head as well',
    {
      model_type: 'GOT',
      architectures: ['GOTQwenForCausalLM'],
      vocab_size: 151860,
      hidden_size: 1024,
      intermediate_size: 2816,
      num_hidden_layers: 24,
      num_attention_heads: 16,
      num_key_value_heads: 16,
      tie_word_embeddings: true,
    },
    716_033_280 - 151_860 * 1024 - 95_569_152 - 1_049_600,
  ],
  [
    'MiniCPM-V 2.6',
    {
      model_type: 'minicpmv',
      architectures: ['MiniCPMV'],
      version: 2.6,
      vocab_size: 151666,
      hidden_size: 3584,
      intermediate_size: 18944,
      num_hidden_layers: 28,
      num_attention_heads: 28,
      num_key_value_heads: 4,
    },
    8_099_175_152 - 417_792_240 - 68_619_264,
  ],
  [
    'Bunny v1.0 3B, of which Phi-2 is the language model,',
    {
      model_type: 'bunny-phi',
      architectures: ['BunnyPhiForCausalLM'],
      vocab_size: 51200,
      hidden_size: 2560,
      intermediate_size: 10240,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      hidden_act: 'gelu_new',
      layer_norm_eps: 1e-5,
      partial_rotary_factor: 0.4,
      qk_layernorm: false,
      tie_word_embeddings: false,
    },
    2_779_683_840,
  ],
  [
    'Molmo 7B-D',
    {
      model_type: 'molmo',
      architectures: ['MolmoForCausalLM'],
      vocab_size: 152064,
      embedding_size: 152064,
      hidden_size: 3584,
      intermediate_size: 37888,
      num_hidden_layers: 28,
      num_attention_heads: 28,
      num_key_value_heads: 4,
      qkv_bias: true,
      norm_after: false,
      attention_layer_norm: false,
      layer_norm_type: 'rms',
      weight_tying: false,
      tie_word_embeddings: false,
    },
    8_021_025_280 - 290_909_184 - 7_344_128 - 106_692_608 - 4_096,
  ],
]

test.each(beside_towers)('%s has the language model of its checkpoint', (_, config, language) => {
  expect(costOf(config).params.total).toBe(language)
})

test('MiniCPM-V of a version that nobody has read is refused', () => {
  expect(() => costOf({ model_type: 'minicpmv', version: '2.0' })).toThrow(/version: is 2.0; known/)
})
