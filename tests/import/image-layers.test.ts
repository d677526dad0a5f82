/** Layers that look at an image in place of the tokens before, against runs of the library's model (transformers 5.18). */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const { architecture } = importConfig({
  model_type: 'mllama_text_model',
  architectures: ['MllamaForCausalLM'],
  vocab_size: 320,
  hidden_size: 64,
  intermediate_size: 96,
  num_hidden_layers: 5,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  max_position_embeddings: 96,
  cross_attention_layers: [1, 3],
})

/** Hands nine rows over for an image of six pixels a side, as the run was given. */
const nine_rows = {
  role: 'vision',
  feeds: 'decoder',
  d_model: 8,
  n_layers: 0,
  input: [
    { block: 'fixed-size-image', image_size: 6, patch: 2, n_tokens: 1 },
    { block: 'patch-embedding', patch: 2 },
  ],
  layer: [],
  output: [],
}
const run = { context: 12, pairs: 'full', head: 'all' } as const

test('without an image they are passed by, with their FFN', () => {
  const { flops, cache } = evaluate(prepare(architecture), run)
  expect(flops.prefill).toBe(2_813_952)
  expect(cache?.by_runtime.transformers).toBe(4608)
})

test('with one they work, and keep its keys and values', () => {
  const model = prepare({ ...architecture, towers: [nine_rows] })
  const images = { count: 1, width: 6, height: 6 }
  const { flops, cache } = evaluate(model, { ...run, images })
  expect(flops.prefill - flops.towers).toBe(4_294_656)
  expect(cache?.by_runtime.transformers).toBe(6912)
})
