/** The conformer of Gemma 4, as in USM: attention and convolution between two halves of a feed-forward network. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { projectorOf } from './vision-kinds.ts'

function layerOf(a: Reader, d_model: number): Sublayer[] {
  if (a.count('attention_context_right', 0, 0) > 0)
    throw a.unsupported('attention_context_right', 'is more than 0, which is not modelled')
  const attention = block('chunked-relative-attention', {
    n_heads: a.count('num_attention_heads'),
    rows_in_chunk: a.count('attention_chunk_size'),
    // The row itself is among those to the left.
    past: a.count('attention_context_left') - 1,
  })
  const ffn = block('ffn', { d_ff: 4 * d_model, activation: activation(a, 'silu') })
  const step = (name: string, use: BlockUse): Sublayer => ({
    ...use,
    name,
    before: norms.rms,
    after: norms.rms,
  })
  const kernel = a.count('conv_kernel_size')
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
      layer: layerOf(a, d_model),
      output: [block('projection', { d_out, bias: true })],
    },
    { ...projectorOf(block('projection', { d_in: d_out })), name: 'audio-projector' },
  ]
}
