/**
 * Families without a measured model, against the parameter counts that their checkpoints are published with: the hub's
 * totals as public code and tables quote them. DBRX, JetMoE, CodeGen, XGLM, Command R+ and Baichuan 2 (as the Llama that
 * it is) are measured on transformers' code.
 */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

/** The keys that give a model its size, in the order of most configs. */
const shape = (
  hidden_size: number,
  intermediate_size: number,
  num_hidden_layers: number,
  num_attention_heads: number,
  num_key_value_heads: number,
  vocab_size: number,
) => ({
  hidden_size,
  intermediate_size,
  num_hidden_layers,
  num_attention_heads,
  num_key_value_heads,
  vocab_size,
})
const tied = { tie_word_embeddings: true }
const untied = { tie_word_embeddings: false }
const experts = (
  num_experts: number,
  num_experts_per_tok: number,
  moe_intermediate_size: number,
) => ({
  num_experts,
  num_experts_per_tok,
  moe_intermediate_size,
})
const latent = {
  q_lora_rank: 1536,
  kv_lora_rank: 512,
  qk_nope_head_dim: 128,
  qk_rope_head_dim: 64,
  v_head_dim: 128,
}

/** Model, what its config says, parameters; where a checkpoint stores more than parameters, without that. */
const published: [name: string, model_type: string, config: object, params: number][] = [
  [
    'Mixtral 8x22B',
    'mixtral',
    { ...shape(6144, 16384, 56, 48, 8, 32768), sliding_window: null },
    140630071296,
  ],
  [
    'DeepSeek-V2',
    'deepseek_v2',
    {
      ...shape(5120, 12288, 60, 128, 128, 102400),
      ...latent,
      first_k_dense_replace: 1,
      n_shared_experts: 2,
      n_routed_experts: 160,
      num_experts_per_tok: 6,
      moe_intermediate_size: 1536,
    },
    235741434880,
  ],
  // 60 * 384 values of the router's correction are stored beside them.
  [
    'Kimi K2',
    'kimi_k2',
    {
      ...shape(7168, 18432, 61, 64, 64, 163840),
      ...latent,
      first_k_dense_replace: 1,
      n_shared_experts: 1,
      n_routed_experts: 384,
      num_experts_per_tok: 8,
      moe_intermediate_size: 2048,
    },
    1026408232448 - 60 * 384,
  ],
  [
    'dots.llm1',
    'dots1',
    {
      ...shape(4096, 10944, 62, 32, 32, 152064),
      first_k_dense_replace: 1,
      n_shared_experts: 2,
      n_routed_experts: 128,
      num_experts_per_tok: 6,
      moe_intermediate_size: 1408,
      sliding_window: null,
    },
    142774381696 - 61 * 128,
  ],
  // Its module for multi-token prediction and the routers' corrections are stored beside them.
  [
    'GLM-4.5',
    'glm4_moe',
    {
      ...shape(5120, 12288, 92, 96, 8, 151552),
      head_dim: 128,
      moe_intermediate_size: 1536,
      n_routed_experts: 160,
      num_experts_per_tok: 8,
      n_shared_experts: 1,
      first_k_dense_replace: 3,
      use_qk_norm: true,
      attention_bias: true,
    },
    358337791296 - 5539976512,
  ],
  ['MiniMax-M2', 'minimax_m2', {}, 228689764864 - 62 * 256],
  ['gpt-oss-120b', 'gpt_oss', { num_hidden_layers: 36, num_local_experts: 128 }, 116829156672],
  [
    'Qwen3-235B-A22B',
    'qwen3_moe',
    { ...shape(4096, 12288, 94, 64, 4, 151936), ...experts(128, 8, 1536), head_dim: 128 },
    235093634560,
  ],
  [
    'Qwen3-Coder-480B',
    'qwen3_moe',
    { ...shape(6144, 8192, 62, 96, 8, 151936), ...experts(160, 8, 2560), head_dim: 128 },
    480154875392,
  ],
  [
    'Hunyuan-A13B',
    'hunyuan_v1_moe',
    {
      ...shape(4096, 3072, 32, 32, 8, 128167),
      ...tied,
      head_dim: 128,
      num_experts: 64,
      moe_topk: Array.from({ length: 32 }, () => 8),
      num_shared_expert: Array.from({ length: 32 }, () => 1),
    },
    80393183232,
  ],
  [
    'DBRX',
    'dbrx',
    {
      d_model: 6144,
      n_heads: 48,
      n_layers: 40,
      vocab_size: 100352,
      attn_config: { kv_n_heads: 8 },
      ffn_config: { ffn_hidden_size: 10752, moe_num_experts: 16, moe_top_k: 4 },
    },
    131596523520,
  ],
  [
    'JetMoE-8B',
    'jetmoe',
    { hidden_size: 2048, num_hidden_layers: 24, vocab_size: 32000 },
    8522237952,
  ],
  ['SmolLM3-3B', 'smollm3', {}, 3075098624],
  [
    'Seed-OSS-36B',
    'seed_oss',
    { ...shape(5120, 27648, 64, 80, 8, 155136), head_dim: 128, ...untied },
    36151104512,
  ],
  [
    'EXAONE 4.0 32B',
    'exaone4',
    { ...shape(5120, 27392, 64, 40, 8, 102400), sliding_window_pattern: 'LLLG' },
    32003216384,
  ],
  [
    'EXAONE 3.5 7.8B',
    'exaone',
    { ...shape(4096, 14336, 32, 32, 8, 102400), ...untied },
    7818448896,
  ],
  ['Apertus-8B', 'apertus', shape(4096, 21504, 32, 32, 8, 131072), 8053338176],
  ['BitNet b1.58 2B4T', 'bitnet', { ...shape(2560, 6912, 30, 20, 5, 128256), ...tied }, 2412820480],
  [
    'VaultGemma 1B',
    'vaultgemma',
    { ...shape(1152, 6912, 26, 4, 4, 256000), head_dim: 256 },
    1038741120,
  ],
  [
    'Gemma 3 270M',
    'gemma3_text',
    { ...shape(640, 2048, 18, 4, 1, 262144), head_dim: 256, sliding_window: 512 },
    268098176,
  ],
  [
    'CodeGen 350M',
    'codegen',
    { n_embd: 1024, n_layer: 20, n_head: 16, vocab_size: 51200, rotary_dim: 32 },
    356712448,
  ],
  ['BioGPT', 'biogpt', { ...shape(1024, 4096, 24, 16, 16, 42384) }, 346763264],
  [
    'XGLM 564M',
    'xglm',
    { d_model: 1024, ffn_dim: 4096, num_layers: 24, attention_heads: 16, vocab_size: 256008 },
    564463616,
  ],
  [
    'StarCoder',
    'gpt_bigcode',
    { n_embd: 6144, n_layer: 40, n_head: 48, n_inner: 24576, n_positions: 8192, vocab_size: 49152 },
    15517456384,
  ],
  [
    'Command R+',
    'cohere',
    { ...shape(12288, 33792, 64, 96, 8, 256000), use_qk_norm: true },
    103810674688,
  ],
  // Its checkpoint stores the tied table twice.
  [
    'Falcon 180B',
    'falcon',
    {
      hidden_size: 14848,
      num_hidden_layers: 80,
      num_attention_heads: 232,
      num_kv_heads: 8,
      vocab_size: 65024,
      new_decoder_architecture: true,
    },
    179522565120 - 14848 * 65024,
  ],
  [
    'InternLM2 7B',
    'internlm2',
    { ...shape(4096, 14336, 32, 32, 8, 92544), bias: false },
    7737708544,
  ],
  ['Yi-34B', 'Yi', shape(7168, 20480, 60, 56, 8, 64000), 34388917248],
  [
    'Baichuan2 7B',
    'baichuan',
    {
      ...shape(4096, 11008, 32, 32, 32, 125696),
      max_position_embeddings: 4096,
      model_max_length: 4096,
    },
    7505973248,
  ],
  ['MiniCPM 2B', 'minicpm', shape(2304, 5760, 40, 36, 36, 122753), 2724880896],
  [
    'Ministral 8B',
    'mistral',
    { ...shape(4096, 12288, 36, 32, 8, 131072), head_dim: 128 },
    8019808256,
  ],
]

describe('published parameter counts', () => {
  test.each(published)('%s', (_name, model_type, config, params) => {
    const { architecture, report } = importConfig({ model_type, ...config })
    expect(evaluate(prepare(architecture)).params.total).toBe(params)
    expect(report.not_understood).toEqual([])
  })
})
