/** Gemma 4: in vision, layers with norms on both sides, patches pooled nine to one, a matrix to the language model. */
import { block, gatedFfn, norms } from '../parts.ts'
import { sandwich } from '../decoder.ts'
import type { Tower } from '../../architecture/schema.ts'
import type { Reader } from '../reader.ts'
import { gemma4Audio } from './gemma4_audio.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance } from './vit.ts'

export const gemma4: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  two_way: (c) =>
    c.object('text_config')?.letters('use_bidirectional_attention') === 'vision'
      ? { what: 'images', windowed: true }
      : undefined,
  build: (c) => {
    // The processor's budgets, which change no weight.
    c.ignore('vision_soft_tokens_per_image', 'audio_soft_tokens_per_image')
    c.ignore('audio_seq_length', 'audio_ms_per_token', 'audio_sample_rate', 'max_audio_length_sec')
    return [...visionOf(c), ...gemma4Audio(c)]
  },
}

function visionOf(c: Reader): Tower[] {
  if (c.object('vision_config') === null) return []
  const v = c.part('vision_config', {
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 16,
    num_attention_heads: 12,
    num_key_value_heads: 12,
    head_dim: 64,
    hidden_act: 'gelu_pytorch_tanh',
    pooling_kernel_size: 3,
    patch_size: 16,
    position_embedding_size: 10_240,
  })
  v.ignore(
    'max_position_embeddings',
    'rope_parameters',
    'rope_theta',
    'standardize',
    // No matrix of its attention has a bias.
    'attention_bias',
    'use_clipped_linears',
    'global_head_dim',
    'default_output_length',
  )
  const [patch, d_model] = [v.count('patch_size'), v.count('hidden_size')]
  const pool = v.count('pooling_kernel_size')
  const n_heads = v.count('num_attention_heads')
  const n_kv_heads = v.count('num_key_value_heads', n_heads)
  const mixer = block('attention', {
    n_heads,
    ...(n_kv_heads !== n_heads && { n_kv_heads }),
    d_head: v.count('head_dim'),
    qk_norm: 'shared',
  })
  return [
    {
      role: 'vision',
      feeds: 'projector',
      n_layers: v.count('num_hidden_layers'),
      d_model,
      input: [
        block('budgeted-image', { patch, pool }),
        // A table for places across, and one for places down.
        ...entrance({ patch, rows: 2 * v.count('position_embedding_size') }),
      ],
      layer: sandwich(norms.rms, mixer, gatedFfn(v)),
      output: [block('pool-patches', { side: pool })],
    },
    projectorOf(block('projection', { d_in: d_model })),
  ]
}
