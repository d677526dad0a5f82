/** Every key of a config stands in exactly one list of the report. */
import { describe, expect, test } from 'vitest'
import { byReason } from '../../src/import/left-out.ts'
import { importConfig } from '../../src/import/index.ts'

const text = {
  model_type: 'llama',
  hidden_size: 64,
  intermediate_size: 128,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  vocab_size: 100,
}

describe('the report of an import', () => {
  test('opens objects, and takes a list as one value', () => {
    const { report } = importConfig({
      ...text,
      rope_scaling: { rope_type: 'linear', factor: 2, colour: 'red' },
      pruned_heads: {},
      id2label: { 0: 'no', 1: 'yes' },
      eos_token_id: [1, 2],
    })
    expect(report.read['rope_scaling.factor']).toBe(2)
    expect(report.not_understood).toEqual(['rope_scaling.colour'])
    expect(report.ignored).toEqual(['pruned_heads', 'id2label.0', 'id2label.1', 'eos_token_id'])
  })

  test('tells of keys beside the language model, and leaves out those of towers', () => {
    const { report } = importConfig({
      model_type: 'winged_llava',
      image_token_index: 32000,
      projector_hidden_act: 'gelu',
      tie_word_embeddings: true,
      wings: 2,
      text_config: text,
      vision_config: { hidden_size: 32, layers: [1, 2], rope: { theta: 100 } },
    })
    expect(report.read).toMatchObject({
      model_type: 'winged_llava',
      tie_word_embeddings: true,
      'text_config.model_type': 'llama',
    })
    expect(report.ignored).toEqual(['image_token_index'])
    expect(report.not_understood).toEqual(['wings'])
    expect(byReason(report.left_out)).toEqual([
      ['what joins the towers to the language model is not counted', ['projector_hidden_act']],
      [
        'the vision tower is not counted',
        ['vision_config.hidden_size', 'vision_config.layers', 'vision_config.rope.theta'],
      ],
    ])
  })

  test('gathers many keys of one object that are left out', () => {
    const vision_config = { hidden_size: 32, num_layers: 2, patch_size: 14, image_size: 224 }
    const { report } = importConfig({
      model_type: 'winged_llava',
      text_config: text,
      vision_config,
    })
    expect(byReason(report.left_out)).toEqual([
      ['the vision tower is not counted', ['vision_config.* (4 keys)']],
    ])
  })
})

describe('keys that are left out', () => {
  const shape = { hidden_size: 64, num_hidden_layers: 4, num_attention_heads: 4, vocab_size: 100 }

  test.each([
    ['starcoder2', 'sliding_window', null],
    ['qwen3', 'head_dim', 128],
    ['mistral', 'sliding_window', 4096],
    ['deepseek_v2', 'q_lora_rank', 1536],
    ['lfm2', 'conv_L_cache', 3],
  ])('of %s, %s is what the class of the family has', (model_type, key, value) => {
    const heads = { num_attention_heads: 32, num_key_value_heads: 8, num_experts_per_tok: 2 }
    const { report } = importConfig({ ...shape, hidden_size: 512, ...heads, model_type })
    expect(report.defaulted[key]).toEqual(value)
  })

  test.each([
    ['llama', 'head_dim', 16, 'hidden_size / num_attention_heads'],
    ['llama', 'num_key_value_heads', 4, 'num_attention_heads'],
    ['mamba', 'intermediate_size', 128, 'expand * hidden_size'],
    ['mamba', 'time_step_rank', 4, 'hidden_size / 16'],
    ['gpt2', 'intermediate_size', 256, '4 * hidden_size'],
    ['lfm2', 'full_attn_idxs', [0, 1, 2, 3], 'num_hidden_layers'],
  ])('of %s, %s follows from other keys, missing or null', (model_type, key, value, from) => {
    const grouped = model_type === 'lfm2' ? { num_key_value_heads: 2 } : {}
    const [missing, none] = [{}, { [key]: null }].map((keys) =>
      importConfig({ ...shape, ...grouped, model_type, ...keys }),
    )
    expect(missing!.report.derived[key]).toEqual({ value, from })
    expect(none!.report.derived[key]).toEqual({ value, from })
    expect(none!.report.read).not.toHaveProperty(key)
  })

  test('of nemotron_h, hybrid_override_pattern has to be said, for there is no pattern to take', () => {
    expect(() => importConfig({ ...shape, model_type: 'nemotron_h' })).toThrow(
      'hybrid_override_pattern: is missing',
    )
  })

  test('of granitemoehybrid, no layer attends unless layer_types says so, and a warning says that', () => {
    const { architecture, notes } = importConfig({ ...shape, model_type: 'granitemoehybrid' })
    expect(architecture.stacks[0]!.layer[0]).toMatchObject({ block: 'mamba2' })
    expect(notes.map((note) => note.text)).toContainEqual(
      expect.stringContaining('no layer attends'),
    )
  })
})
