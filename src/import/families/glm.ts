/** GLM-4: half of the head turned, biases on queries, keys and values; then norms on both sides, then a mixture. */
import { decoder, preNorm, sandwich } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { denseFirst, sharedExperts } from './deepseek.ts'

const defaults = {
  vocab_size: 151552,
  hidden_size: 4096,
  intermediate_size: 13696,
  num_hidden_layers: 40,
  num_attention_heads: 32,
  num_key_value_heads: 2,
  head_dim: 128,
  max_position_embeddings: 131072,
  partial_rotary_factor: 0.5,
  attention_bias: true,
  tie_word_embeddings: false,
}

const mixer = (c: Reader, settings: object = {}) =>
  attention(c, {
    heads: heads(c, { floored: true }),
    bias: biasesIf(c.flag('attention_bias'), 'qkv'),
    ...settings,
  })

export const glm: Family = {
  defaults,
  build: (c) => {
    if (c.flag('block_position_encoding'))
      throw c.unsupported(
        'block_position_encoding',
        'is set, as in the first GLM, whose layers and positions are not modelled',
      )
    return decoder(c, preNorm(norms.rms, mixer(c), gatedFfn(c)))
  },
}

export const glm4: Family = {
  defaults,
  build: (c) => decoder(c, sandwich(norms.rms, mixer(c), gatedFfn(c))),
}

/** The text of GLM-OCR: small, and without biases. */
export const glm_ocr_text: Family = {
  defaults: {
    vocab_size: 59392,
    hidden_size: 1024,
    intermediate_size: 4096,
    num_hidden_layers: 16,
    num_attention_heads: 16,
    num_key_value_heads: 8,
    max_position_embeddings: 131072,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore('attention_bias')
    return decoder(c, sandwich(norms.rms, attention(c), gatedFfn(c)))
  },
}

/** The language model of a multimodal one: its heads share out the width, and always have biases. */
export const glm4v_text: Family = {
  defaults: { ...defaults, max_position_embeddings: 32768, partial_rotary_factor: 1 },
  build: (c) => {
    c.ignore('attention_bias')
    const attends = attention(c, { heads: heads(c, { split: true }), bias: 'qkv' })
    return decoder(c, sandwich(norms.rms, attends, gatedFfn(c)))
  },
}

const moeDefaults = {
  vocab_size: 151552,
  hidden_size: 4096,
  intermediate_size: 10944,
  num_hidden_layers: 46,
  num_attention_heads: 96,
  num_key_value_heads: 8,
  max_position_embeddings: 131072,
  partial_rotary_factor: 0.5,
  moe_intermediate_size: 1408,
  num_experts_per_tok: 8,
  n_shared_experts: 1,
  num_local_experts: 128,
  first_k_dense_replace: 1,
  tie_word_embeddings: false,
}

const mixture = (c: Reader, settings: object = {}) =>
  decoder(
    c,
    preNorm(
      norms.rms,
      mixer(c, settings),
      denseFirst(c, () => sharedExperts(c)),
    ),
  )

export const glm4_moe: Family = {
  defaults: moeDefaults,
  build: (c) => mixture(c, c.flag('use_qk_norm') ? { qk_norm: 'shared' } : {}),
}

/** Has no norm on queries and keys, whatever the flag says. */
export const glm4v_moe_text: Family = {
  defaults: {
    ...moeDefaults,
    vocab_size: 151424,
    max_position_embeddings: 65536,
    attention_bias: true,
  },
  build: (c) => {
    c.ignore('use_qk_norm')
    return mixture(c)
  },
}
