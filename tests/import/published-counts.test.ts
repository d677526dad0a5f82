/**
 * Parameters of encoders and encoder-decoders against the counts of their published checkpoints: the hub's totals as
 * public code and tables quote them. ALBERT and Pegasus are measured on transformers' code.
 */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'

const published: readonly [string, Record<string, unknown>, number][] = [
  [
    'albert-base-v2',
    {
      model_type: 'albert',
      vocab_size: 30000,
      embedding_size: 128,
      hidden_size: 768,
      num_hidden_layers: 12,
      num_hidden_groups: 1,
      num_attention_heads: 12,
      intermediate_size: 3072,
      inner_group_num: 1,
      max_position_embeddings: 512,
      type_vocab_size: 2,
    },
    11_221_680,
  ],
  [
    'distilbert-base-uncased',
    {
      model_type: 'distilbert',
      vocab_size: 30522,
      dim: 768,
      n_layers: 6,
      n_heads: 12,
      hidden_dim: 3072,
      max_position_embeddings: 512,
    },
    66_985_530,
  ],
  [
    'ModernBERT-base',
    {
      model_type: 'modernbert',
      vocab_size: 50368,
      hidden_size: 768,
      intermediate_size: 1152,
      num_hidden_layers: 22,
      num_attention_heads: 12,
      max_position_embeddings: 8192,
      global_attn_every_n_layers: 3,
      local_attention: 128,
    },
    149_655_232,
  ],
  [
    'moonshine-tiny',
    {
      model_type: 'moonshine',
      attention_bias: false,
      partial_rotary_factor: 0.9,
      max_position_embeddings: 194,
    },
    27_092_736,
  ],
  [
    'moonshine-base',
    {
      model_type: 'moonshine',
      attention_bias: false,
      hidden_size: 416,
      intermediate_size: 1664,
      encoder_num_hidden_layers: 8,
      decoder_num_hidden_layers: 8,
      partial_rotary_factor: 0.62,
      max_position_embeddings: 194,
    },
    61_513_920,
  ],
  [
    'opus-mt-en-de',
    {
      model_type: 'marian',
      vocab_size: 58101,
      d_model: 512,
      encoder_layers: 6,
      decoder_layers: 6,
      encoder_ffn_dim: 2048,
      decoder_ffn_dim: 2048,
      encoder_attention_heads: 8,
      decoder_attention_heads: 8,
      max_position_embeddings: 512,
    },
    74_410_496,
  ],
  [
    'pegasus-xsum',
    {
      model_type: 'pegasus',
      vocab_size: 96103,
      d_model: 1024,
      encoder_layers: 16,
      decoder_layers: 16,
      encoder_ffn_dim: 4096,
      decoder_ffn_dim: 4096,
      encoder_attention_heads: 16,
      decoder_attention_heads: 16,
      max_position_embeddings: 512,
    },
    569_748_480,
  ],
  [
    'mbart-large-50',
    { model_type: 'mbart', vocab_size: 250054, d_model: 1024, max_position_embeddings: 1024 },
    610_879_488,
  ],
]

test.each(published)('%s has the parameters of its checkpoint', (_, config, total) => {
  const { architecture, report } = importConfig(config)
  expect(evaluate(prepare(architecture)).params.total).toBe(total)
  expect(report.not_understood).toEqual([])
})
