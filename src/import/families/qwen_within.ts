/** The language models of Qwen's multimodal models: those of Qwen2 and Qwen3, whose classes start from other sizes. */
import type { Family } from '../family.ts'
import { llama } from './llama.ts'
import { qwen2, qwen3, qwen3_moe } from './qwen.ts'

export const qwen2_vl: Family = {
  ...qwen2,
  sized: qwen2,
  types: ['qwen2_vl', 'qwen2_vl_text', 'qwen2_5_vl', 'qwen2_5_vl_text'],
  defaults: {
    ...qwen2.defaults,
    vocab_size: 152064,
    hidden_size: 8192,
    intermediate_size: 29568,
    num_hidden_layers: 80,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    max_window_layers: 80,
  },
}

export const qwen2_5_omni_text: Family = {
  ...qwen2,
  sized: qwen2,
  types: ['qwen2_5_omni_text'],
  defaults: {
    ...qwen2.defaults,
    vocab_size: 152064,
    hidden_size: 3584,
    intermediate_size: 18944,
    num_hidden_layers: 28,
    num_attention_heads: 28,
    num_key_value_heads: 4,
    sliding_window: 32768,
  },
}

export const qwen3_vl_moe_text: Family = {
  ...qwen3_moe,
  sized: qwen3_moe,
  types: ['qwen3_vl_moe_text'],
  defaults: {
    ...qwen3_moe.defaults,
    intermediate_size: 5632,
    num_attention_heads: 16,
    num_key_value_heads: 16,
    moe_intermediate_size: 1408,
    num_experts_per_tok: 4,
    num_local_experts: 60,
    max_position_embeddings: 128000,
  },
}

export const qwen3_omni_moe_text: Family = {
  ...qwen3_moe,
  sized: qwen3_moe,
  types: ['qwen3_omni_moe_text'],
  defaults: {
    ...qwen3_moe.defaults,
    vocab_size: 3584,
    intermediate_size: 18944,
    num_hidden_layers: 28,
    num_attention_heads: 28,
  },
}

/** Qwen2 beside towers of other authors, who keep its keys and give it a name of theirs. */
export const qwen2_with_towers: Family = {
  ...qwen2,
  types: [
    'GOT',
    'bunny-qwen2',
    'cambrian_qwen',
    'dots_ocr',
    'llava_qwen',
    'llava_qwen2',
    'mplugowl3',
    'ola_qwen',
    'oryx_qwen',
    'videochat_flash_qwen',
    'videollama2_qwen2',
    'videollama3_qwen2',
  ],
  bare: 'language',
  unverified: true,
}

/** MiniCPM-V and MiniCPM-o by version -> the family of their language model. */
const minicpm_by_version: Readonly<Record<string, Family>> = {
  '2.5': llama,
  '2.6': qwen2,
  '4.5': qwen3,
}

export const minicpmv: Family = {
  types: ['minicpmv', 'minicpmo'],
  bare: 'language',
  defaults: { tie_word_embeddings: false, max_position_embeddings: 32768 },
  build: (c) => {
    const version = c.letters('version') ?? String(c.number('version'))
    const inner = Object.hasOwn(minicpm_by_version, version) ? minicpm_by_version[version] : null
    if (!inner)
      throw c.unsupported(
        'version',
        `is ${version.slice(0, 20)}; known are ${Object.keys(minicpm_by_version).join(', ')}, each with another language model`,
      )
    return inner.build(c)
  },
  unverified: true,
}
