/** The audio towers of Qwen-Omni and Qwen3-ASR, which hear sound of any length in spans that convolutions run over. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { audioLayer, joined, sizesOf, whisperDefaults } from './whisper_kin.ts'

/** Whisper's convolutions and layers within the same spans; pairs of rows are averaged. */
export function spannedTower(c: Reader): Tower {
  const a = c.part('audio_config', { ...whisperDefaults, n_window: 100, output_dim: 3584 })
  // Its positions are waves.
  a.ignore('max_source_positions', 'tie_word_embeddings')
  const sizes = sizesOf(a)
  const { n_layers, d_model } = sizes
  const half = a.count('n_window')
  const span = 2 * half
  const d_out = a.count('output_dim')
  return {
    role: 'audio',
    feeds: 'decoder',
    n_layers,
    d_model,
    input: [
      block('running-sound', { span, rows_per_token: 2 }),
      block('conv-front-end', { n_mels: a.count('num_mel_bins'), span }),
    ],
    layer: audioLayer(a, sizes, { k_bias: false, chunk: half }),
    output: [
      joined(2, 'mean'),
      { block: norms.layer },
      block('projection', { d_out, bias: true }),
      block('line-break', { n_vectors: 2, width: d_out }),
    ],
  }
}

interface Heard {
  tower: Tower
  projector: BlockUse
}

/** Convolutions over time and bands, which halve both three times; attention within several of their spans. */
function halvedTower(c: Reader, defaults: Record<string, unknown> = {}): Heard {
  const a = c.part('audio_config', {
    ...whisperDefaults,
    n_window: 50,
    n_window_infer: 800,
    downsample_hidden_size: 480,
    output_dim: 3584,
    ...defaults,
  })
  a.ignore(
    'max_source_positions',
    'max_position_embeddings',
    'conv_chunksize',
    'tie_word_embeddings',
  )
  const sizes = sizesOf(a)
  const { n_layers, d_model } = sizes
  const channels = Array.from({ length: 3 }, () => a.count('downsample_hidden_size'))
  const stride = 2 ** channels.length
  const span = 2 * a.count('n_window')
  const spans_seen = Math.floor(a.count('n_window_infer') / span)
  return {
    tower: {
      role: 'audio',
      feeds: 'projector',
      n_layers,
      d_model,
      input: [
        block('running-sound', { span, stride }),
        block('spectrum-grid-front-end', {
          n_mels: a.count('num_mel_bins'),
          channels,
          span,
        }),
      ],
      layer: audioLayer(a, sizes, { chunk: Math.ceil(span / stride) * spans_seen }),
      output: [{ block: norms.layer }],
    },
    projector: block('mlp-projector', {
      d_in: d_model,
      d_hidden: d_model,
      d_out: a.count('output_dim'),
      activation: activation(a, 'gelu'),
    }),
  }
}

/** As a part of the tower. */
export function gridTower(c: Reader): Tower {
  const { tower, projector } = halvedTower(c)
  return { ...tower, feeds: 'decoder', output: [...tower.output, projector] }
}

export const qwen3_asr: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  build: (c): Tower[] => {
    c.ignore('token_classification_bias')
    const { tower, projector } = halvedTower(c, {
      num_hidden_layers: 24,
      num_attention_heads: 16,
      intermediate_size: 4096,
      hidden_size: 1024,
    })
    return [tower, projectorOf(projector)]
  },
}
