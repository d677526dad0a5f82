/** Qwen-Omni: the vision towers of Qwen-VL, beside which a model hears and speaks. */
import type { Tower } from '../../architecture/schema.ts'
import type { Reader } from '../reader.ts'
import { deepstackTower, windowedTower } from './qwen_vl.ts'
import type { TowerFamily } from './tower-family.ts'

const family = (build: (thinker: Reader) => Tower): TowerFamily => ({
  defaults: {},
  ties: 'never',
  build: (c) => [build(c.part('thinker_config', {}))],
  unmodelled: ['audio', 'talker', 'codec'],
})

export const qwen2_5_omni = family((thinker) => windowedTower(thinker))
export const qwen3_omni_moe = family((thinker) => deepstackTower(thinker, [8, 16, 24]))
