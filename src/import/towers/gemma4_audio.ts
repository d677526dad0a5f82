/** The conformer of Gemma 3n and 4, as in USM: attention and convolution between two halves of a feed-forward network. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { projectorOf } from './vision-kinds.ts'

export interface Conformer {
  d_model: number
  n_heads: number
  rows_in_chunk: number
  /** Rows to the left that are seen, the row itself among them. */
  seen: number
  kernel: number
  activation?: string
}

export function conformerLayer(sizes: Conformer): Sublayer[] {
  const { d_model, n_heads, rows_in_chunk, seen, kernel } = sizes
  const attention = block('chunked-relative-attention', { n_heads, rows_in_chunk, past: seen - 1 })
  const ffn = block('ffn', { d_ff: 4 * d_model, activation: sizes.activation ?? 'silu' })
  const step = (name: string, use: BlockUse): Sublayer => ({
    ...use,
    name,
    before: norms.rms,
    after: norms.rms,
  })
  return [
    step('first-ffn', ffn),
    step('mixer', attention),
    { ...block('conformer-convolution', { kernel }), name: 'convolution', before: norms.rms },
    step('second-ffn', ffn),
    { name: 'last-norm', block: norms.rms },
  ]
}

/** The audio tower where there is one, with the matrix that leads to the language model. */
export function gemma4Audio(c: Reader): Tower[] {
  if (c.object('audio_config') === null) return []
  const a = c.part('audio_config', {
    hidden_size: 1024,
    num_hidden_layers: 12,
    num_attention_heads: 8,
    hidden_act: 'silu',
    subsampling_conv_channels: [128, 32],
    conv_kernel_size: 5,
    attention_chunk_size: 12,
    attention_context_left: 13,
    attention_context_right: 0,
    output_proj_dims: 1536,
  })
  a.ignore(
    'residual_weight',
    'attention_logit_cap',
    'attention_invalid_logits_value',
    'use_clipped_linears',
    'gradient_clipping',
  )
  if (a.count('attention_context_right', 0, 0) > 0)
    throw a.unsupported('attention_context_right', 'is more than 0, which is not modelled')
  const d_model = a.count('hidden_size')
  const channels = a.wholeNumbers('subsampling_conv_channels', 128)
  const d_out = a.count('output_proj_dims')
  return [
    {
      role: 'audio',
      feeds: 'audio-projector',
      n_layers: a.count('num_hidden_layers'),
      d_model,
      input: [
        block('running-sound', { stride: 2 ** channels.length }),
        // The model code takes as many bands as the first convolution has channels.
        block('spectrum-grid-front-end', {
          n_mels: channels[0]!,
          channels,
          conv_biases: 0,
          norms: 1,
        }),
      ],
      layer: conformerLayer({
        d_model,
        n_heads: a.count('num_attention_heads'),
        rows_in_chunk: a.count('attention_chunk_size'),
        seen: a.count('attention_context_left'),
        kernel: a.count('conv_kernel_size'),
        activation: activation(a, 'silu'),
      }),
      output: [block('projection', { d_out, bias: true })],
    },
    { ...projectorOf(block('projection', { d_in: d_out })), name: 'audio-projector' },
  ]
}
