/** Qwen2-Audio, Audio Flamingo 3 and Music Flamingo: Whisper's encoder, whose rows are averaged two by two before a projector. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { joined, whisperDefaults, whisperTower } from './whisper_kin.ts'

const rows_per_token = 2

function pooledTower(c: Reader): Tower & { d_model: number } {
  const tower = whisperTower(c.part('audio_config', whisperDefaults), { rows_per_token })
  return {
    ...tower,
    d_model: tower.d_model!,
    output: [joined(rows_per_token, 'mean'), { block: norms.layer }],
  }
}

const family = (projector: (c: Reader, d_in: number) => BlockUse): TowerFamily => ({
  defaults: {},
  ties: 'never',
  build: (c) => {
    const tower = pooledTower(c)
    return [tower, projectorOf(projector(c, tower.d_model))]
  },
})

export const qwen2_audio = family((_, d_in) => block('projection', { d_in, bias: true }))

export const audioflamingo3 = family((c, d_in) => {
  // Positions in time turn what the projector hands over, which takes no matrix.
  c.ignore(
    'rope_parameters',
    'rope_theta',
    'head_dim',
    'max_position_embeddings',
    'audio_frame_step',
  )
  c.ignore('projector_hidden_act')
  const bias = c.flag('projector_bias', true) ? {} : { bias: 0 }
  return block('mlp-projector', { d_in, ...bias, activation: activation(c, 'gelu') })
})
