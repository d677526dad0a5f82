/** Small checkpoints as training code writes them: configs with the names and shapes of their tensors, by hand. */
import { prepare } from '../../../src/engine/index.ts'
import { importConfig } from '../../../src/import/index.ts'
import {
  packingOf,
  verify,
  type Tensor,
  type Verification,
} from '../../../src/import/verify/index.ts'

export type Shapes = Record<string, readonly number[]>

const bytesOf: Record<string, number> = { BF16: 2, F32: 4, F8_E4M3: 1, I32: 4, U8: 1, I8: 1 }

/** Tensors of given shapes, sixteen-bit unless a name is said to be otherwise. */
export const tensors = (shapes: Shapes, dtypes: Record<string, string> = {}): Tensor[] =>
  Object.entries(shapes).map(([name, shape]) => {
    const key = Object.keys(dtypes).find((end) => name.endsWith(end))
    const dtype = key === undefined ? 'BF16' : dtypes[key]!
    return {
      name,
      dtype,
      shape,
      bytes: shape.reduce((product, size) => product * size, bytesOf[dtype]!),
    }
  })

/** A tensor of every layer, `#` standing for its number. */
export const layers = (n: number, shapes: Shapes, from = 0): Shapes =>
  Object.fromEntries(
    Array.from({ length: n }, (_, index) =>
      Object.entries(shapes).map(([name, shape]): [string, readonly number[]] => [
        name.replace('#', String(from + index)),
        shape,
      ]),
    ).flat(),
  )

export const llama = {
  config: {
    model_type: 'llama',
    hidden_size: 64,
    intermediate_size: 160,
    num_hidden_layers: 3,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    vocab_size: 1000,
    max_position_embeddings: 512,
    tie_word_embeddings: false,
  },
  layer: {
    'model.layers.#.self_attn.q_proj.weight': [64, 64],
    'model.layers.#.self_attn.k_proj.weight': [32, 64],
    'model.layers.#.self_attn.v_proj.weight': [32, 64],
    'model.layers.#.self_attn.o_proj.weight': [64, 64],
    'model.layers.#.mlp.gate_proj.weight': [160, 64],
    'model.layers.#.mlp.up_proj.weight': [160, 64],
    'model.layers.#.mlp.down_proj.weight': [64, 160],
    'model.layers.#.input_layernorm.weight': [64],
    'model.layers.#.post_attention_layernorm.weight': [64],
  },
  ends: {
    'model.embed_tokens.weight': [1000, 64],
    'model.norm.weight': [64],
    'lm_head.weight': [1000, 64],
  },
} satisfies { config: object; layer: Shapes; ends: Shapes }

export const llamaShapes = (): Shapes => ({ ...layers(3, llama.layer), ...llama.ends })

/** DeepSeek-V3 in small: one dense layer, two of experts, and a module for the next token but one. */
export const deepseek = {
  config: {
    model_type: 'deepseek_v3',
    hidden_size: 64,
    intermediate_size: 160,
    moe_intermediate_size: 32,
    num_hidden_layers: 3,
    first_k_dense_replace: 1,
    n_routed_experts: 4,
    n_shared_experts: 1,
    num_experts_per_tok: 2,
    num_attention_heads: 4,
    num_key_value_heads: 4,
    q_lora_rank: 24,
    kv_lora_rank: 16,
    qk_nope_head_dim: 16,
    qk_rope_head_dim: 8,
    v_head_dim: 16,
    vocab_size: 1000,
    max_position_embeddings: 512,
    num_nextn_predict_layers: 1,
    tie_word_embeddings: false,
    quantization_config: { quant_method: 'fp8', weight_block_size: [128, 128] },
  },
  attention: {
    'model.layers.#.self_attn.q_a_proj.weight': [24, 64],
    'model.layers.#.self_attn.q_a_layernorm.weight': [24],
    'model.layers.#.self_attn.q_b_proj.weight': [96, 24],
    'model.layers.#.self_attn.kv_a_proj_with_mqa.weight': [24, 64],
    'model.layers.#.self_attn.kv_a_layernorm.weight': [16],
    'model.layers.#.self_attn.kv_b_proj.weight': [128, 16],
    'model.layers.#.self_attn.o_proj.weight': [64, 64],
    'model.layers.#.input_layernorm.weight': [64],
    'model.layers.#.post_attention_layernorm.weight': [64],
  },
  experts: {
    'model.layers.#.mlp.gate.weight': [4, 64],
    'model.layers.#.mlp.gate.e_score_correction_bias': [4],
    'model.layers.#.mlp.shared_experts.gate_proj.weight': [32, 64],
    'model.layers.#.mlp.shared_experts.up_proj.weight': [32, 64],
    'model.layers.#.mlp.shared_experts.down_proj.weight': [64, 32],
    ...Object.fromEntries(
      [0, 1, 2, 3].flatMap((expert) => [
        [`model.layers.#.mlp.experts.${expert}.gate_proj.weight`, [32, 64]],
        [`model.layers.#.mlp.experts.${expert}.up_proj.weight`, [32, 64]],
        [`model.layers.#.mlp.experts.${expert}.down_proj.weight`, [64, 32]],
      ]),
    ),
  } as Shapes,
  module: {
    'model.layers.3.eh_proj.weight': [64, 128],
    'model.layers.3.enorm.weight': [64],
    'model.layers.3.hnorm.weight': [64],
    'model.layers.3.shared_head.norm.weight': [64],
    'model.layers.3.shared_head.head.weight': [1000, 64],
    'model.layers.3.embed_tokens.weight': [1000, 64],
  },
}

export function deepseekShapes(): Shapes {
  const dense = Object.fromEntries(
    Object.entries(llama.layer).filter(([name]) => name.includes('.mlp.')),
  )
  const moe = { ...deepseek.attention, ...deepseek.experts }
  return {
    ...layers(1, { ...deepseek.attention, ...dense }),
    ...layers(2, moe, 1),
    ...llama.ends,
    ...layers(1, moe, 3),
    ...deepseek.module,
  }
}

/** What a checkpoint's tensors come to beside the architecture of its config. */
export const check = (config: object, stored: Tensor[]): Verification =>
  verify(prepare(importConfig(config).architecture), stored, packingOf(config))

/** What explains the difference, with the values each takes up. */
export const reasons = ({ explained }: Verification): [string, number][] =>
  explained.map(({ why, values }) => [why, values])
