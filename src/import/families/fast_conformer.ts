/** Canary and Cohere's transcriber: a conformer over an eighth of the frames, and a decoder of text. */
import type { Architecture, Stack } from '../../architecture/schema.ts'
import { nameOf } from '../decoder.ts'
import type { Family } from '../family.ts'
import { activation, block, heads, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { steps } from '../stacks.ts'

const parakeet = {
  hidden_size: 1024,
  num_hidden_layers: 24,
  num_attention_heads: 8,
  intermediate_size: 4096,
  hidden_act: 'silu',
  attention_bias: true,
  convolution_bias: true,
  conv_kernel_size: 9,
  subsampling_factor: 8,
  subsampling_conv_channels: 256,
  subsampling_conv_kernel_size: 3,
  subsampling_conv_stride: 2,
  num_mel_bins: 80,
  max_position_embeddings: 5000,
}

/** Half a network, attention, a convolution, and the other half of a network. */
function hears(c: Reader): { stack: Stack; factor: number } {
  c.ignore('dropout_positions', 'scale_input')
  const factor = c.count('subsampling_factor')
  const halvings = Math.trunc(Math.log2(factor))
  if (2 ** halvings !== factor || halvings < 1)
    throw c.unsupported('subsampling_factor', 'is no power of 2, and only halving is modelled')
  if (c.count('subsampling_conv_stride') !== 2)
    throw c.unsupported(
      'subsampling_conv_stride',
      'is not 2; convolutions that do not halve are not modelled',
    )
  const channels = c.count('subsampling_conv_channels')
  const bias = c.flag('attention_bias')
  const convolution_bias = c.flag('convolution_bias')
  const half = plainFfn(c, { bias, activation: activation(c, 'silu') })
  const { n_heads, said } = heads(c)
  const [first, mixer, convolution, second] = steps(norms.layer, 'before', {
    'first-ffn': half,
    mixer: block('content-distance-attention', {
      n_heads,
      ...said,
      q_bias: bias,
      key_value_bias: bias,
      o_bias: bias,
      segments: 0,
      spare_row: 0,
    }),
    convolution: block('conformer-convolution', {
      kernel: c.count('conv_kernel_size'),
      bias: convolution_bias,
      conv_bias: convolution_bias,
      norm: 'batch',
    }),
    ffn: half,
  })
  return {
    factor,
    stack: {
      role: 'encoder',
      n_layers: c.count('num_hidden_layers'),
      d_model: c.count('hidden_size'),
      input: [
        block('spectrum-grid-front-end', {
          n_mels: c.count('num_mel_bins'),
          channels: Array.from({ length: halvings }, () => channels),
          kernel: c.count('subsampling_conv_kernel_size'),
          separable: true,
          matrix_bias: true,
        }),
      ],
      layer: [first!, mixer!, convolution!, { ...second!, after: 'layernorm' }],
      output: [],
    },
  }
}

function writes(c: Reader, stores_positions: boolean, tied: boolean): Stack {
  const { n_heads, said } = heads(c)
  const bias = c.flag('attention_bias')
  const shape = { n_heads, ...said, q_bias: bias, k_bias: bias, v_bias: bias, o_bias: bias }
  const max_positions = c.count('max_position_embeddings')
  return {
    role: 'decoder',
    n_layers: c.count('num_hidden_layers'),
    d_model: c.count('hidden_size'),
    input: [
      block('token-embedding', { vocab_size: c.count('vocab_size') }),
      ...(stores_positions ? [block('learned-positions', { max_positions })] : []),
      { block: 'layernorm' },
    ],
    layer: steps(norms.layer, 'before', {
      mixer: block('attention', shape),
      cross: block('cross-attention', shape),
      ffn: plainFfn(c, { bias: true, activation: activation(c, 'relu') }),
    }),
    output: [{ block: 'layernorm' }, block('output-head', { tied, head_bias: true })],
  }
}

function joined(c: Reader, heard: Reader, text: Reader, projected: boolean): Architecture {
  const { stack, factor } = hears(heard)
  const tied = c.flag('tie_word_embeddings')
  const decoder = writes(text, projected, tied)
  const projection = block('projection', { d_out: decoder.d_model, bias: true })
  if (!projected && stack.d_model !== decoder.d_model)
    throw heard.wrong(
      'hidden_size',
      `is ${stack.d_model}, and the decoder, which has no matrix between, is ${decoder.d_model} wide`,
    )
  return {
    name: nameOf(c),
    model_type: c.text('model_type', 'canary'),
    d_model: decoder.d_model!,
    max_context: text.count('max_position_embeddings'),
    max_source: heard.count('max_position_embeddings') * factor,
    stacks: [{ ...stack, output: projected ? [projection] : [] }, decoder],
  }
}

const written = {
  vocab_size: 16384,
  hidden_size: 1024,
  num_hidden_layers: 8,
  num_attention_heads: 8,
  intermediate_size: 4096,
  hidden_act: 'relu',
  max_position_embeddings: 1024,
  attention_bias: true,
}

/** Its positions are stored, and a matrix leads from the encoder's width to the decoder's. */
export const cohere_asr: Family = {
  whole: true,
  defaults: { ...written, tie_word_embeddings: false },
  build: (c) => {
    const heard = c.part('encoder_config', {
      ...parakeet,
      hidden_size: 1280,
      num_hidden_layers: 48,
      intermediate_size: 5120,
      num_mel_bins: 128,
    })
    return joined(c, heard, c, true)
  },
}

/** Its positions are sines. */
export const canary: Family = {
  whole: true,
  defaults: { tie_word_embeddings: true },
  build: (c) => {
    c.ignore('vocab_size')
    // An encoder that says anything starts from its own class's values.
    const heard = c.part('encoder_config', {
      ...parakeet,
      ...(!c.has('encoder_config') && { num_hidden_layers: 32, num_mel_bins: 128 }),
    })
    return joined(c, heard, c.part('decoder_config', written), false)
  },
}
