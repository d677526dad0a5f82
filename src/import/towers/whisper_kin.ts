/** Audio encoders after Whisper's: two convolutions over a spectrum, then layers whose keys have no bias. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import { activation, block, norms } from '../parts.ts'
import type { Defaults, Reader } from '../reader.ts'
import { plainAttention, steps } from '../stacks.ts'

/** Frames of Whisper's spectrum that become one row. */
export const frames_per_row = 2

export const whisperDefaults: Defaults = {
  num_mel_bins: 128,
  num_hidden_layers: 32,
  num_attention_heads: 20,
  intermediate_size: 5120,
  hidden_size: 1280,
  max_source_positions: 1500,
  hidden_act: 'gelu',
}

/** A size under the name that it has beside a decoder's, or under its own. */
function sized(a: Reader, besideDecoder: string, own: string): number {
  if (!a.mentions(besideDecoder)) return a.count(own)
  a.ignore(own)
  return a.count(besideDecoder)
}

export interface AudioSizes {
  n_layers: number
  d_model: number
  n_heads: number
}

/** What stands under other names where Whisper's encoder stands beside a decoder. */
export const sizesOf = (a: Reader): AudioSizes => ({
  n_layers: sized(a, 'encoder_layers', 'num_hidden_layers'),
  d_model: a.count('hidden_size'),
  n_heads: sized(a, 'encoder_attention_heads', 'num_attention_heads'),
})

/** Layers with norms before their steps. */
export const audioLayer = (
  a: Reader,
  { n_heads }: AudioSizes,
  attention: Record<string, unknown> = {},
): Sublayer[] =>
  steps(norms.layer, 'before', {
    mixer: plainAttention(n_heads, attention),
    ffn: block('ffn', {
      d_ff: sized(a, 'encoder_ffn_dim', 'intermediate_size'),
      ffn_bias: true,
      activation: activation(a, 'gelu'),
    }),
  })

/** Whisper's encoder as it is, behind what cuts sound into pieces of 30 seconds for it. */
export function whisperTower(a: Reader, intake: Record<string, unknown>): Tower {
  const sizes = sizesOf(a)
  const max_positions = a.count('max_source_positions')
  return {
    role: 'audio',
    feeds: 'projector',
    n_layers: sizes.n_layers,
    d_model: sizes.d_model,
    input: [
      block('padded-sound', { piece_frames: max_positions * frames_per_row, ...intake }),
      block('conv-front-end', { n_mels: a.count('num_mel_bins') }),
      block('learned-positions', { max_positions }),
    ],
    layer: audioLayer(a, sizes, { k_bias: false }),
    output: [],
  }
}

export const joined = (n_rows: number, how: 'mean' | 'beside' | 'first'): BlockUse =>
  block('join-rows', { n_rows, how })
