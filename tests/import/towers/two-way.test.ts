/** Tokens of an image that see each other in both directions: pairs counted off the mask, one by one. */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importConfig } from '../../../src/import/index.ts'

const text = {
  hidden_size: 64,
  num_hidden_layers: 1,
  intermediate_size: 8,
  num_attention_heads: 4,
  num_key_value_heads: 4,
  head_dim: 16,
}
const vision_config = {
  model_type: 'siglip_vision_model',
  hidden_size: 32,
  num_attention_heads: 2,
  num_hidden_layers: 1,
  intermediate_size: 8,
  image_size: 56,
  patch_size: 14,
  vision_use_head: false,
}
const context = 40

/** FLOPs of scores and weighted sums, over those without any image. */
function added(config: object, count: number): number {
  const model = prepare(importConfig(config).architecture)
  const run = (images: object | null): number => {
    const { flops } = evaluate(model, { context, ...(images && { images: images as never }) })
    return flops.prefill - flops.towers
  }
  return run({ count, width: 56, height: 56 }) - run(null)
}

/** Pairs that a mask leaves beyond the causal ones. */
function ahead(sees: (query: number, key: number) => boolean): number {
  let pairs = 0
  for (let query = 0; query < context; query++)
    for (let key = query + 1; key < context; key++) pairs += Number(sees(query, key))
  return pairs
}
const flopsOfPairs = (pairs: number): number => 2 * 2 * pairs * 4 * 16

describe('tokens of an image', () => {
  test('see all of their image in Gemma 3, and no other that follows', () => {
    const config = {
      model_type: 'gemma3',
      mm_tokens_per_image: 16,
      text_config: { model_type: 'gemma3_text', ...text },
      vision_config,
    }
    // Two images of 16 tokens, wherever they stand.
    const imageOf = (token: number) => (token < 16 ? 1 : token >= 20 && token < 36 ? 2 : token + 10)
    const pairs = ahead((query, key) => imageOf(query) === imageOf(key))
    expect(added(config, 2)).toBe(flopsOfPairs(pairs))
  })

  test('do so in Gemma 4 where it says so, in layers with a window alone', () => {
    const config = (says: string | null): object => ({
      model_type: 'gemma4',
      text_config: {
        model_type: 'gemma4_text',
        ...text,
        num_hidden_layers: 2,
        layer_types: ['sliding_attention', 'full_attention'],
        global_head_dim: 16,
        use_bidirectional_attention: says,
      },
      vision_config: { model_type: 'gemma4_vision' },
      audio_config: null,
    })
    // A small image becomes 256 tokens, which need more room than the others.
    const run = (says: string | null): number => {
      const model = prepare(importConfig(config(says)).architecture)
      const images = { count: 1, width: 56, height: 56 }
      return evaluate(model, { context: 300, images }).flops.prefill
    }
    expect(run('vision') - run(null)).toBe(flopsOfPairs((256 * 255) / 2))
  })

  test('and all of the prompt see each other in PaliGemma', () => {
    const config = {
      model_type: 'paligemma',
      text_config: { model_type: 'gemma', ...text },
      vision_config,
    }
    expect(added(config, 1)).toBe(flopsOfPairs(ahead(() => true)))
  })
})
