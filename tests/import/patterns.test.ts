/** Which layers slide, turn, or hold experts: the rules of the model code, written out layer by layer. */
import { describe, expect, test } from 'vitest'
import { prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

/** A letter for each layer: s slides, c in chunks, f sees all; small where nothing is turned, capital where it is. */
function attentionOf(config: object): string {
  return eachLayer(config, (blocks) => {
    const { settings } = blocks.find(({ formulas }) => formulas.name === 'attention')!
    const { window, chunk } = settings
    const letter = window !== Infinity ? 's' : chunk !== Infinity ? 'c' : 'f'
    const is_turned = blocks.some(({ formulas }) => formulas.name === 'rotary')
    return is_turned ? letter.toUpperCase() : letter
  })
}

/** m for a mixture, d for a dense FFN. */
const ffnOf = (config: object): string =>
  eachLayer(config, (blocks) =>
    blocks.some(({ formulas }) => formulas.name === 'moe') ? 'm' : 'd',
  )

type Blocks = ReturnType<typeof prepare>['stacks'][number]['groups'][number]['blocks']

function eachLayer(config: object, letterOf: (blocks: Blocks) => string): string {
  const { groups } = prepare(importConfig(config).architecture).decoder!
  const letters: string[] = []
  for (const { layers, blocks } of groups)
    for (const layer of layers) letters[layer] = letterOf(blocks)
  return letters.join('')
}

const small = {
  num_hidden_layers: 8,
  hidden_size: 64,
  intermediate_size: 96,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  head_dim: 16,
  vocab_size: 100,
}
const mixture = { num_experts: 4, num_experts_per_tok: 2, moe_intermediate_size: 32 }

describe('attention, layer by layer', () => {
  test.each<[string, object, string]>([
    ['mistral slides everywhere', { model_type: 'mistral' }, 'SSSSSSSS'],
    ['mistral without a window', { model_type: 'mistral', sliding_window: null }, 'FFFFFFFF'],
    ['qwen2 has its window off', { model_type: 'qwen2', sliding_window: 16 }, 'FFFFFFFF'],
    [
      'qwen2 slides from a layer on',
      { model_type: 'qwen2', use_sliding_window: true, sliding_window: 16, max_window_layers: 5 },
      'FFFFFSSS',
    ],
    [
      'qwen2_moe slides in even layers up to one',
      {
        model_type: 'qwen2_moe',
        ...mixture,
        use_sliding_window: true,
        sliding_window: 16,
        max_window_layers: 5,
      },
      'SFSFSFFF',
    ],
    [
      'qwen3_moe slides everywhere',
      { model_type: 'qwen3_moe', ...mixture, use_sliding_window: true, sliding_window: 16 },
      'SSSSSSSS',
    ],
    ['gemma2', { model_type: 'gemma2' }, 'SFSFSFSF'],
    ['gemma3', { model_type: 'gemma3_text' }, 'SSSSSFSS'],
    ['gemma3 with a pattern', { model_type: 'gemma3_text', sliding_window_pattern: 3 }, 'SSFSSFSS'],
    [
      'gemma4 ends with a full layer',
      { model_type: 'gemma4_text', hidden_size_per_layer_input: 0 },
      'SSSSSFSF',
    ],
    ['cohere2 turns only where it slides', { model_type: 'cohere2', hidden_size: 64 }, 'SSSfSSSf'],
    ['olmo3', { model_type: 'olmo3' }, 'SSSFSSSF'],
    ['gpt_oss', { model_type: 'gpt_oss' }, 'SFSFSFSF'],
    ['llama4 turns only in chunks', { model_type: 'llama4_text', ...mixture }, 'CCCfCCCf'],
    ['smollm3 leaves every fourth unturned', { model_type: 'smollm3' }, 'FFFfFFFf'],
    [
      'smollm3 with marks',
      { model_type: 'smollm3', no_rope_layers: [1, 0, 1, 1, 1, 1, 1, 0] },
      'FfFFFFFf',
    ],
    ['exaone4', { model_type: 'exaone4', sliding_window_pattern: 'LLLG' }, 'SSSfSSSf'],
    ['exaone4 without a window', { model_type: 'exaone4', sliding_window: null }, 'FFFFFFFF'],
    ['exaone_moe', { model_type: 'exaone_moe', sliding_window_pattern: 'LLLG' }, 'SSSfSSSf'],
    ['afmoe turns only where it slides', { model_type: 'afmoe' }, 'SSSfSSSf'],
    [
      'cohere2_moe turns full layers where they are dense',
      { model_type: 'cohere2_moe', first_k_dense_replace: 2 },
      'FFSSSfSS',
    ],
    ['cwm begins with a full layer', { model_type: 'cwm' }, 'FSSSFSSS'],
    [
      'granite_swa with a base of 0',
      { model_type: 'granite_swa', layer_rope_theta: [0, 1e4, 1e4, 0, 1e4, 1e4, 1e4, 1e4] },
      'fSSsFSSS',
    ],
    ['mimo_v2_flash', { model_type: 'mimo_v2_flash', ...mixture }, 'FSSSSFSS'],
    [
      'gpt_neo',
      {
        model_type: 'gpt_neo',
        num_layers: 8,
        num_heads: 4,
        attention_types: [[['global', 'local'], 4]],
      },
      'fsfsfsfs',
    ],
    [
      'as layer_types say',
      {
        model_type: 'gemma3_text',
        layer_types: ['full_attention', ...Array.from({ length: 7 }, () => 'sliding_attention')],
      },
      'FSSSSSSS',
    ],
  ])('%s', (_name, config, letters) => {
    expect(attentionOf({ ...small, ...config })).toBe(letters)
  })
})

describe('experts, layer by layer', () => {
  test.each<[string, object, string]>([
    ['mixtral', { model_type: 'mixtral' }, 'mmmmmmmm'],
    ['qwen3_moe at a step', { model_type: 'qwen3_moe', decoder_sparse_step: 2 }, 'dmdmdmdm'],
    ['qwen2_moe but for a list', { model_type: 'qwen2_moe', mlp_only_layers: [0, 5] }, 'dmmmmdmm'],
    ['glm4_moe after dense ones', { model_type: 'glm4_moe', first_k_dense_replace: 3 }, 'dddmmmmm'],
    [
      'glm4_moe_lite by a list',
      {
        model_type: 'glm4_moe_lite',
        mlp_layer_types: 'd s s d s s s s'
          .split(' ')
          .map((kind) => (kind === 'd' ? 'dense' : 'sparse')),
      },
      'dmmdmmmm',
    ],
    ['llama4 at a step', { model_type: 'llama4_text', interleave_moe_layer_step: 2 }, 'dmdmdmdm'],
    ['llama4 by a list', { model_type: 'llama4_text', moe_layers: [1, 2] }, 'dmmddddd'],
    [
      'ernie4_5_moe between two layers',
      {
        model_type: 'ernie4_5_moe',
        moe_num_experts: 4,
        moe_layer_start_index: 2,
        moe_layer_end_index: 5,
      },
      'ddmmmmdd',
    ],
    [
      'ernie4_5_moe at an interval',
      {
        model_type: 'ernie4_5_moe',
        moe_num_experts: 4,
        moe_layer_start_index: 1,
        moe_layer_interval: 3,
      },
      'ddmddmdd',
    ],
    ['mimo_v2_flash', { model_type: 'mimo_v2_flash' }, 'dmmmmmmm'],
    ['afmoe after dense ones', { model_type: 'afmoe', num_dense_layers: 2 }, 'ddmmmmmm'],
    [
      'minimax_m3 by marks',
      { model_type: 'minimax_m3', rotary_dim: 8, moe_layer_freq: [0, 0, 1, 1, 1, 0, 1, 1] },
      'ddmmmdmm',
    ],
    [
      'step3p5 by a text',
      { model_type: 'step3p5', num_attention_groups: 2, moe_layers_enum: '2,3,7' },
      'ddmmdddm',
    ],
  ])('%s', (_name, config, letters) => {
    expect(ffnOf({ ...small, ...mixture, ...config })).toBe(letters)
  })
})

test('a rule that the family knows holds for any number of layers', () => {
  const [stack] = importConfig({ ...small, model_type: 'gemma3_text' }).architecture.stacks
  expect(stack!.layer[0]!.except).toMatchObject([{ layers: { every: 6, offset: 5 }, window: null }])
})
