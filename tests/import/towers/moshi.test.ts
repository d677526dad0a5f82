/** Moshi against the library's model of a small config (transformers 5.18), counted by module. */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importConfig } from '../../../src/import/index.ts'

const config = {
  model_type: 'moshi',
  vocab_size: 320,
  hidden_size: 64,
  num_hidden_layers: 3,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  max_position_embeddings: 96,
  sliding_window: 6,
  ffn_dim: 96,
  num_codebooks: 3,
  audio_vocab_size: 50,
  depth_decoder_config: {
    hidden_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    ffn_dim: 48,
  },
}

const imported = (more: object) => importConfig({ ...config, ...more })

test('the depth decoder has matrices of its own for every codebook', () => {
  const { architecture } = imported({ architectures: ['MoshiForConditionalGeneration'] })
  const { params } = evaluate(prepare(architecture))
  expect(params.total).toBe(105_984 + 19_584)
  expect(params.whole?.towers.talker).toBe(63_008)
})

test('the codec, where the config describes it, is told to be missing from the whole', () => {
  const { architecture, notes } = imported({ audio_encoder_config: { model_type: 'mimi' } })
  expect(evaluate(prepare(architecture)).params.whole).toBeNull()
  expect(notes.some(({ text }) => text.includes('codec'))).toBe(true)
})

test('the class of the text model has neither tables for sound nor a depth decoder', () => {
  const { architecture } = imported({ architectures: ['MoshiForCausalLM'] })
  const { params } = evaluate(prepare(architecture))
  expect(params.total).toBe(105_984)
  expect(params.whole).toBeNull()
})
