/** The language model inside a multimodal config is found, and said to be all that is counted. */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const text = {
  hidden_size: 64,
  intermediate_size: 128,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  vocab_size: 100,
  head_dim: 16,
}
const vision_config = { hidden_size: 32, num_hidden_layers: 3, model_type: 'siglip_vision_model' }
const paramsOf = (config: object) => evaluate(prepare(importConfig(config).architecture)).params

describe('a multimodal config', () => {
  const whole = {
    model_type: 'qwen3_vl',
    text_config: { model_type: 'qwen3_vl_text', ...text },
    vision_config,
    image_token_id: 7,
  }

  test('counts as its language model, and its towers beside that', () => {
    const alone = paramsOf({ model_type: 'qwen3', ...text })
    const { whole: all, ...own } = paramsOf(whole)
    expect({ ...own, whole: null }).toEqual(alone)
    expect(all!.total).toBe(own.total + all!.towers.vision)
    expect(importConfig(whole).report.read['text_config.hidden_size']).toBe(64)
  })

  test('counts as its language model alone where nothing is known of its towers', () => {
    const unknown = { ...whole, model_type: 'winged_llava' }
    expect(paramsOf(unknown)).toEqual(paramsOf({ model_type: 'qwen3', ...text }))
    const { architecture, notes } = importConfig(unknown)
    expect(architecture.unmodelled_towers).toEqual(['vision'])
    expect(notes).toEqual([
      { level: 'info', text: expect.stringMatching(/text_config.*without its vision tower/) },
    ])
  })

  test('counts as its language model alone where the values of a tower do not fit together', () => {
    const odd = { ...whole, vision_config: { hidden_size: 33 } }
    expect(paramsOf(odd)).toEqual(paramsOf({ model_type: 'qwen3', ...text }))
    expect(importConfig(odd).notes).toEqual([
      { level: 'warning', text: expect.stringMatching(/without its vision tower: .*d_head/) },
    ])
  })

  test('may say outside that the tables are tied', () => {
    const tied = { ...whole, tie_word_embeddings: true }
    expect(paramsOf(tied).head).toBe(0)
    expect(paramsOf(whole).head).toBe(6400)
  })

  test('may leave the family of its text to the reader', () => {
    const { architecture } = importConfig({
      model_type: 'mistral3',
      text_config: text,
      vision_config,
    })
    expect(architecture.model_type).toBe('mistral')
  })

  test.each([
    ['kimi_k25', 'kimi_k2'],
    ['llava_onevision', 'qwen2'],
    ['aya_vision', 'cohere2'],
    ['gemma4_unified', 'gemma4_unified_text'],
    ['exaone4_5', 'exaone4'],
  ])('of %s has a text of %s where it does not say another', (model_type, family) => {
    const deep = { ...text, kv_lora_rank: 8, qk_nope_head_dim: 8, qk_rope_head_dim: 8 }
    const own = family === 'kimi_k2' ? deep : text
    const { architecture } = importConfig({ model_type, text_config: own, vision_config })
    expect(architecture.model_type).toBe(family)
  })

  test('may keep the text at the top, beside the vision', () => {
    const config = { model_type: 'qwen2_vl', ...text, vision_config }
    expect(importConfig(config).notes.map(({ text: said }) => said)).toContainEqual(
      expect.stringContaining('vision tower'),
    )
  })

  test('is refused where its text is no object', () => {
    expect(() => importConfig({ model_type: 'gemma3', text_config: 'big' })).toThrow(
      /^text_config: is "big"; an object is expected/,
    )
  })
})
