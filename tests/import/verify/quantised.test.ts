import { describe, expect, test } from 'vitest'
import {
  check,
  deepseek,
  deepseekShapes,
  layers,
  llama,
  llamaShapes,
  reasons,
  tensors,
  type Shapes,
} from './checkpoints.ts'

describe('quantised weights', () => {
  test('in eight bits have scales beside them', () => {
    const shapes = deepseekShapes()
    const scaled = Object.keys(shapes).filter((name) => name.endsWith('_proj.weight'))
    const scales = Object.fromEntries(scaled.map((name) => [`${name}_scale_inv`, [1, 1]]))
    const found = check(
      deepseek.config,
      tensors({ ...shapes, ...scales }, { '_proj.weight': 'F8_E4M3', _scale_inv: 'F32' }),
    )
    expect(found.exact).toBe(true)
    const inModule = scaled.filter((name) => name.includes('.layers.3.')).length
    expect(found.explained.find(({ why }) => why.startsWith('scales'))!.values).toBe(
      scaled.length - inModule,
    )
  })

  test.each([4, 8])('are packed into whole numbers at %i bits each', (bits) => {
    const pack = 32 / bits
    const packed = Object.fromEntries(
      Object.entries(llamaShapes()).flatMap(([name, shape]): [string, readonly number[]][] => {
        if (!name.endsWith('_proj.weight')) return [[name, shape]]
        const [wide, from] = shape as [number, number]
        const module = name.slice(0, -'.weight'.length)
        return [
          [`${module}.qweight`, [from / pack, wide]],
          [`${module}.qzeros`, [from / 32, wide / pack]],
          [`${module}.scales`, [from / 32, wide]],
          [`${module}.g_idx`, [from]],
        ]
      }),
    )
    const config = {
      ...llama.config,
      quantization_config: { quant_method: 'gptq', bits, group_size: 32 },
    }
    const found = check(config, tensors(packed, { qweight: 'I32', qzeros: 'I32', g_idx: 'I32' }))
    expect(found.exact).toBe(true)
    expect(reasons(found).map(([why]) => why)).toEqual([
      'scales and other side values of quantised weights',
    ])
  })

  test('come two to a byte in blocks', () => {
    const config = {
      model_type: 'gpt_oss',
      hidden_size: 64,
      intermediate_size: 64,
      num_hidden_layers: 2,
      num_attention_heads: 4,
      num_key_value_heads: 2,
      head_dim: 16,
      num_local_experts: 4,
      num_experts_per_tok: 2,
      vocab_size: 1000,
      sliding_window: 128,
      max_position_embeddings: 512,
      quantization_config: { quant_method: 'mxfp4' },
    }
    const biased = (name: string, wide: number, from: number): Shapes => ({
      [`model.layers.#.self_attn.${name}.weight`]: [wide, from],
      [`model.layers.#.self_attn.${name}.bias`]: [wide],
    })
    const shapes = {
      ...llama.ends,
      ...layers(2, {
        ...biased('q_proj', 64, 64),
        ...biased('k_proj', 32, 64),
        ...biased('v_proj', 32, 64),
        ...biased('o_proj', 64, 64),
        'model.layers.#.self_attn.sinks': [4],
        'model.layers.#.mlp.router.weight': [4, 64],
        'model.layers.#.mlp.router.bias': [4],
        'model.layers.#.mlp.experts.gate_up_proj_blocks': [4, 128, 2, 16],
        'model.layers.#.mlp.experts.gate_up_proj_scales': [4, 128, 2],
        'model.layers.#.mlp.experts.gate_up_proj_bias': [4, 128],
        'model.layers.#.mlp.experts.down_proj_blocks': [4, 64, 2, 16],
        'model.layers.#.mlp.experts.down_proj_scales': [4, 64, 2],
        'model.layers.#.mlp.experts.down_proj_bias': [4, 64],
        'model.layers.#.input_layernorm.weight': [64],
        'model.layers.#.post_attention_layernorm.weight': [64],
      }),
    }
    const found = check(config, tensors(shapes, { _blocks: 'U8', _scales: 'U8' }))
    expect(found.exact).toBe(true)
    expect(reasons(found)).toEqual([
      ['scales and other side values of quantised weights', 2 * 4 * (256 + 128)],
    ])
  })
})
