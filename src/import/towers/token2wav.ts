/** What turns the codes that Qwen2.5-Omni's talker writes into sound: a diffusion transformer, then BigVGAN. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import { block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { plainAttention } from '../stacks.ts'

/** Width of the wave that stands for a step of the diffusion: the model code's. */
const d_time = 256

const convolution = (name: string, d_in: number, d_out: number, kernel: number): BlockUse =>
  block('convolution-1d', { name, d_in, d_out, kernel })

/** ECAPA-TDNN: one vector for the voice that is to speak. */
function speakerEncoder(d: Reader, mel: number): Tower {
  const channels = d.wholeNumbers('enc_channels', 256)
  const kernels = d.wholeNumbers('enc_kernel_sizes', 3)
  const [scale, d_hidden] = [d.count('enc_res2net_scale'), d.count('enc_se_channels')]
  if (kernels.length !== channels.length || channels.length < 3)
    throw d.wrong(
      'enc_kernel_sizes',
      `has ${kernels.length} entries, and enc_channels has ${channels.length}; as many are expected, at least 3`,
    )
  const last = channels.at(-1)!
  const stages = channels.slice(1, -1).flatMap((width, place) => [
    convolution(`into-${place + 1}`, channels[place]!, width, 1),
    block('res2net-convolution', {
      name: `parts-${place + 1}`,
      width,
      scale,
      kernel: kernels[place + 1]!,
    }),
    convolution(`out-of-${place + 1}`, width, width, 1),
    block('channel-gate', { name: `gate-${place + 1}`, width, d_hidden }),
  ])
  return part('speaker', 'speech-decoder', [
    convolution('first', mel, channels[0]!, kernels[0]!),
    ...stages,
    convolution('together', last, last, kernels.at(-1)!),
    block('statistics-pooling', { width: last, d_hidden: d.count('enc_attention_channels') }),
    convolution('last', 2 * last, d.count('enc_dim'), 1),
  ])
}

const part = (name: string, feeds: string | undefined, input: BlockUse[]): Tower => ({
  role: 'codec',
  name,
  ...(feeds !== undefined && { feeds }),
  n_layers: 0,
  input,
  layer: [],
  output: [],
})

/** A transformer that makes a spectrum of noise, code by code, seeing the voice and the step of the diffusion. */
function speechDecoder(d: Reader, mel: number): Tower {
  const d_model = d.count('hidden_size')
  const width = d.count('emb_dim')
  const d_in = mel + d.count('enc_dim') + d.count('enc_emb_dim') + width
  return {
    role: 'codec',
    name: 'speech-decoder',
    feeds: 'vocoder',
    n_layers: d.count('num_hidden_layers'),
    d_model,
    input: [
      // One more for no code at all.
      block('code-embedding', { n_codes: d.count('num_embeds') + 1, width }),
      block('projection', { d_in, bias: true }),
    ],
    layer: [
      {
        ...plainAttention(d.count('num_attention_heads'), { d_head: d.count('head_dim') }),
        name: 'mixer',
        before: 'adaptive-layernorm',
      },
      {
        ...block('ffn', { d_ff: Math.floor(d_model * d.number('ff_mult')), ffn_bias: true }),
        name: 'ffn',
        before: norms.bare,
      },
    ],
    output: [
      block('adaptive-layernorm', { n_parts: 2 }),
      block('projection', { d_out: mel, bias: true }),
    ],
  }
}

/** BigVGAN: a wave of a spectrum, made longer step by step while channels halve. */
function vocoder(v: Reader): Tower {
  const rates = v.wholeNumbers('upsample_rates', 2)
  const kernels = v.wholeNumbers('upsample_kernel_sizes', 4)
  const sizes = v.wholeNumbers('resblock_kernel_sizes', 3)
  const first = v.count('upsample_initial_channel')
  const widthAfter = (steps: number): number => Math.floor(first / 2 ** steps)
  const steps = rates.slice(0, kernels.length).flatMap((becomes, place) => {
    const width = widthAfter(place + 1)
    return [
      block('convolution-1d', {
        name: `longer-${place + 1}`,
        d_in: widthAfter(place),
        d_out: width,
        kernel: kernels[place]!,
        becomes,
      }),
      ...sizes.map((kernel, nth) =>
        block('residual-convolutions', { name: `waves-${place + 1}-${nth + 1}`, width, kernel }),
      ),
    ]
  })
  const last = widthAfter(rates.length)
  return part('vocoder', undefined, [
    convolution('first', v.count('mel_dim'), first, 7),
    ...steps,
    block('learned-scale', { name: 'last-wave', values: 2 * last }),
    block('convolution-1d', { name: 'last', d_in: last, d_out: 1, kernel: 7, bias: 0 }),
  ])
}

export function token2wav(c: Reader): Tower[] {
  const whole = c.part('token2wav_config', {})
  const d = whole.part('dit_config', {
    hidden_size: 1024,
    num_hidden_layers: 22,
    num_attention_heads: 16,
    ff_mult: 2,
    emb_dim: 512,
    head_dim: 64,
    num_embeds: 8193,
    mel_dim: 80,
    enc_emb_dim: 192,
    enc_dim: 128,
    enc_channels: [256, 256, 256, 256, 768],
    enc_kernel_sizes: [5, 3, 3, 3, 1],
    enc_attention_channels: 64,
    enc_res2net_scale: 2,
    enc_se_channels: 64,
  })
  d.ignore(
    'block_size',
    'look_ahead_layers',
    'look_backward_layers',
    'repeats',
    'dropout',
    'enc_dilations',
    'enc_lin_neurons',
    'enc_global_context',
    'rope_parameters',
    'rope_theta',
    'max_position_embeddings',
    'tie_word_embeddings',
    'depth',
    'dim',
    'heads',
  )
  const v = whole.part('bigvgan_config', {
    mel_dim: 80,
    upsample_initial_channel: 1536,
    resblock_kernel_sizes: [3, 7, 11],
    upsample_rates: [5, 3, 2, 2, 2, 2],
    upsample_kernel_sizes: [11, 7, 4, 4, 4, 4],
  })
  v.ignore('resblock_dilation_sizes')
  const mel = d.count('mel_dim')
  const d_model = d.count('hidden_size')
  return [
    speakerEncoder(d, mel),
    part('time-step', 'speech-decoder', [
      block('mlp-projector', {
        d_in: d_time,
        d_hidden: d_model,
        d_out: d_model,
        activation: 'silu',
      }),
    ]),
    speechDecoder(d, mel),
    vocoder(v),
  ]
}
