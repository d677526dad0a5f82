/** Voxtral and GLM-ASR: rows of Whisper's encoder side by side become one token, four in all that are published. */
import type { Tower } from '../../architecture/schema.ts'
import { block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import {
  audioLayer,
  frames_per_row,
  joined,
  sizesOf,
  whisperDefaults,
  whisperTower,
} from './whisper_kin.ts'

/** Rows side by side that become one token: as many as are together as wide as the FFN, for so the model code lays them. */
function rowsPerToken(a: Reader): number {
  const [wide, row] = [a.count('intermediate_size'), a.count('hidden_size')]
  if (wide % row !== 0)
    throw a.wrong('intermediate_size', `is ${wide}; a multiple of the width, ${row}, is expected`)
  return wide / row
}

export const voxtral: TowerFamily = {
  defaults: {},
  ties: 'never',
  build: (c): Tower[] => {
    c.ignore('projector_hidden_act', 'hidden_size')
    const a = c.part('audio_config', whisperDefaults)
    a.ignore('vocab_size')
    const rows_per_token = rowsPerToken(a)
    const tower = whisperTower(a, { rows_per_token, keeps_silence: true })
    return [
      { ...tower, output: [{ block: norms.layer }] },
      projectorOf(
        joined(rows_per_token, 'beside'),
        block('mlp-projector', { d_in: rows_per_token * tower.d_model!, bias: 0 }),
      ),
    ]
  },
}

export const glmasr: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  build: (c, text): Tower[] => {
    c.ignore('projector_hidden_act')
    const a = c.part('audio_config', {
      ...whisperDefaults,
      max_position_embeddings: 1500,
      partial_rotary_factor: 0.5,
    })
    const sizes = sizesOf(a)
    const { n_layers, d_model, n_heads } = sizes
    const n_kv_heads = a.count('num_key_value_heads', n_heads)
    const rows_per_token = rowsPerToken(a)
    const piece_frames = frames_per_row * a.count('max_position_embeddings')
    return [
      {
        role: 'audio',
        feeds: 'projector',
        n_layers,
        d_model,
        input: [
          block('padded-sound', { piece_frames, rows_per_token }),
          block('conv-front-end', { n_mels: a.count('num_mel_bins') }),
        ],
        layer: audioLayer(a, sizes, {
          k_bias: false,
          ...(n_kv_heads !== n_heads && { n_kv_heads }),
          position: rotary(a, d_model / n_heads),
        }),
        output: [{ block: norms.layer }],
      },
      projectorOf(
        joined(rows_per_token, 'beside'),
        block('mlp-projector', {
          d_in: rows_per_token * d_model,
          d_hidden: 2 * text.d_model,
        }),
      ),
    ]
  },
}
