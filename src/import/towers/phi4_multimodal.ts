/** Phi-4-multimodal: a SigLIP tower on tiles, and a conformer with two projectors, of which one is used at a time. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import { activation, block, gatedFfn, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { plainAttention } from '../stacks.ts'
import { siglip } from './siglip.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, projectorOf, seenBy } from './vision-kinds.ts'

/** Rows of sound that see each other: the model code's. */
const most_rows = 500
/** Samples that a frame of the spectrum reaches over: the feature extractor's. */
const window = 400

function visionOf(c: Reader): Tower[] {
  const defaults = {
    ...siglip.defaults,
    hidden_size: 1152,
    intermediate_size: 4304,
    num_hidden_layers: 27,
    num_attention_heads: 16,
    image_size: 448,
    patch_size: 14,
    crop_size: 448,
  }
  const seen = seenBy(c, { ...siglip, defaults })
  const v = c.part('vision_config', defaults)
  v.ignore('feature_layer')
  const { patch, tower } = seen
  const width = tower.d_model
  const intake = block('covering-tiles-image', { tile: v.count('crop_size'), patch })
  const seeing = behind(seen, intake)
  return [
    { ...seeing, output: [...seeing.output, block('pool-patches', { side: 2 })] },
    projectorOf(
      { block: 'image-rows' },
      block('line-break', { n_vectors: 2, width }),
      block('mlp-projector', { d_in: width }),
    ),
  ]
}

function layerOf(a: Reader, d_model: number): Sublayer[] {
  const ffn = gatedFfn(a, { bias: true, activation: activation(a, 'silu') })
  const [channels, mixed] = [
    a.count('ext_pw_out_channel'),
    a.count('depthwise_separable_out_channel'),
  ]
  if (channels !== d_model || mixed !== d_model || a.count('depthwise_multiplier') !== 1)
    throw a.unsupported('ext_pw_out_channel', `is not as wide as the tower, which is not modelled`)
  const convolution = block('conformer-convolution', {
    kernel: a.count('kernel_size'),
    bias: true,
    conv_bias: true,
    gate_bias: true,
    mixed: true,
    norm: 'none',
  })
  const step = (name: string, use: BlockUse): Sublayer => ({ ...use, name, before: norms.layer })
  return [
    step('first-ffn', ffn),
    step('mixer', plainAttention(a.count('num_attention_heads'), { chunk: most_rows })),
    step('convolution', convolution),
    step('second-ffn', ffn),
    { name: 'last-norm', block: norms.layer },
  ]
}

function audioOf(c: Reader): Tower[] {
  const a = c.part('audio_config', {
    hidden_size: 1024,
    intermediate_size: 1536,
    num_blocks: 24,
    num_attention_heads: 16,
    activation: 'swish',
    ext_pw_out_channel: 1024,
    depthwise_separable_out_channel: 1024,
    depthwise_multiplier: 1,
    kernel_size: 3,
    input_size: 80,
    time_reduction: 8,
    bias_max_distance: 1000,
    bias_symmetric: false,
    nemo_conv_channels: 1024,
    downsample_rate: 1,
    chunk_size: -1,
  })
  a.ignore('left_chunk', 'dropout_rate', 'conv_activation', 'conv_glu_type', 'nemo_activation')
  a.ignore('feature_layer', 'nemo_final_size')
  if (a.wholeNumbers('chunk_size', -1)[0] !== -1)
    throw a.unsupported('chunk_size', 'is not -1, and hearing in chunks is not modelled')
  const d_model = a.count('hidden_size')
  const stride = a.count('time_reduction')
  const steps = Math.log2(stride)
  if (!Number.isInteger(steps) || steps < 1)
    throw a.wrong('time_reduction', `is ${stride}; a power of 2 is expected`)
  const channels = Array.from({ length: steps }, () => a.count('nemo_conv_channels'))
  const rows = a.count('downsample_rate')
  const buckets = a.count('bias_max_distance') * (a.flag('bias_symmetric') ? 1 : 2)
  const projector = block('mlp-projector', { d_in: d_model * rows })
  return [
    {
      role: 'audio',
      feeds: 'audio-projector',
      n_layers: a.count('num_blocks'),
      d_model,
      input: [
        block('running-sound', { window, stride, ...(rows > 1 && { rows_per_token: rows }) }),
        block('spectrum-grid-front-end', {
          n_mels: a.count('input_size'),
          channels,
          separable: true,
          matrix_bias: true,
        }),
        block('relative-bias', { n_heads: a.count('num_attention_heads'), num_buckets: buckets }),
      ],
      layer: layerOf(a, d_model),
      output: rows > 1 ? [block('join-rows', { n_rows: rows, how: 'beside' })] : [],
    },
    { ...projectorOf(projector), name: 'audio-projector' },
    // For sound that comes with images; it is stored beside the other.
    { ...projectorOf(projector), name: 'audio-projector-beside-images' },
  ]
}

export const phi4_multimodal: TowerFamily = {
  defaults: {},
  ties: 'text',
  build: (c) => [...visionOf(c), ...audioOf(c)],
}
