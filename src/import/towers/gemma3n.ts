/** Gemma 3n: MobileNet-V5 sees and a conformer hears; each has a small vocabulary of its own beside what it makes. */
import type { Tower } from '../../architecture/schema.ts'
import { block } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { conformerLayer } from './gemma4_audio.ts'
import { mobilenet, mobilenetTowers } from './mobilenet.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { joined } from './whisper_kin.ts'

/** What the feature extractor does: samples that a frame reaches over, and of which there is a multiple; the most it hears. */
const sound = { window: 513, multiple: 128, most_seconds: 30, stride: 4 }

/** A table of words, a norm for them and one for what a tower makes, a matrix for both. */
const embedder = (c: Reader, width: number, name: string): Tower => ({
  ...projectorOf(
    block('code-embedding', { n_codes: c.count('vocab_size', 128), width }),
    block('rmsnorm', { name: 'of-words', width }),
    block('rmsnorm', { name: 'of-rows', width }),
    block('projection', { d_in: width }),
  ),
  name,
})

function visionOf(c: Reader): Tower[] {
  const v = c.part('vision_config', { architecture: mobilenet.name, hidden_size: mobilenet.width })
  v.ignore('vocab_offset', 'do_pooling', 'model_args', 'num_classes', 'label_names', 'rms_norm_eps')
  const architecture = v.text('architecture', mobilenet.name)
  if (architecture !== mobilenet.name)
    throw v.unsupported('architecture', `is ${architecture.slice(0, 60)}, which is not modelled`)
  const width = v.count('hidden_size')
  if (width !== mobilenet.width)
    throw v.wrong('hidden_size', `is ${width}, but ${mobilenet.name} is ${mobilenet.width} wide`)
  const { image_size, patch } = mobilenet
  const n_tokens = c.count('vision_soft_tokens_per_image', 256)
  return [
    ...mobilenetTowers(block('fixed-size-image', { image_size, patch, n_tokens })),
    embedder(v, width, 'projector'),
  ]
}

function audioOf(c: Reader): Tower[] {
  const a = c.part('audio_config', {
    input_feat_size: 128,
    hidden_size: 1536,
    conf_attention_chunk_size: 12,
    conf_attention_context_left: 13,
    conf_attention_context_right: 0,
    conf_num_attention_heads: 8,
    conf_num_hidden_layers: 12,
    conf_conv_kernel_size: 5,
    conf_reduction_factor: 4,
    sscp_conv_channel_size: [128, 32],
  })
  a.ignore(
    'vocab_offset',
    'gradient_clipping',
    'conf_attention_logit_cap',
    'conf_residual_weight',
    'sscp_conv_group_norm_eps',
  )
  if (a.count('conf_attention_context_right', 0, 0) > 0)
    throw a.unsupported('conf_attention_context_right', 'is more than 0, which is not modelled')
  const d_model = a.count('hidden_size')
  const channels = a.wholeNumbers('sscp_conv_channel_size', 128)
  const every = a.count('conf_reduction_factor')
  return [
    {
      role: 'audio',
      feeds: 'audio-projector',
      n_layers: a.count('conf_num_hidden_layers'),
      d_model,
      input: [
        block('running-sound', { ...sound, n_tokens: c.count('audio_soft_tokens_per_image', 188) }),
        block('spectrum-grid-front-end', {
          n_mels: a.count('input_feat_size'),
          channels,
          conv_biases: 0,
          norms: 1,
        }),
      ],
      layer: conformerLayer({
        d_model,
        n_heads: a.count('conf_num_attention_heads'),
        rows_in_chunk: a.count('conf_attention_chunk_size'),
        seen: a.count('conf_attention_context_left'),
        kernel: a.count('conf_conv_kernel_size'),
      }),
      output: every > 1 ? [joined(every, 'first')] : [],
    },
    embedder(a, d_model, 'audio-projector'),
  ]
}

export const gemma3n: TowerFamily = {
  defaults: { vision_soft_tokens_per_image: 256, audio_soft_tokens_per_image: 188 },
  ties: 'outer, or tied',
  build: (c) => [...visionOf(c), ...audioOf(c)],
}
