/** Keys of a multimodal config that describe what stands beside the language model, for towers that are not modelled. */
import type { TowerRole } from '../../formulas/index.ts'
import { isObject } from '../values.ts'

/** Objects that describe a tower -> its kind. */
const towers: Readonly<Record<string, TowerRole>> = {
  vision_config: 'vision',
  vision_tower_config: 'vision',
  vit_config: 'vision',
  visual: 'vision',
  audio_config: 'audio',
  audio_tower: 'audio',
  speech_config: 'audio',
  talker_config: 'talker',
  depth_decoder_config: 'talker',
  token2wav_config: 'codec',
  code2wav_config: 'codec',
  codec_config: 'codec',
  vq_config: 'codec',
  audio_encoder_config: 'codec',
}

/** Keys that join the towers to the language model. */
const joints =
  /^(latent_query|vision|visual|vit|image|images|video|audio|speech|mm|multimodal|projector|spatial_merge|merge|patch|pixel|media|talker)_|_(projector|tower)(_|$)/

/** The kinds of towers that a config describes. */
export const kindsIn = (config: object): TowerRole[] => [
  ...new Set(
    Object.entries(config).flatMap(([key, value]) =>
      Object.hasOwn(towers, key) && isObject(value) ? [towers[key]!] : [],
    ),
  ),
]

/** Why a key inside a tower that is not counted is left out; null for one outside of these. */
export function ofTower(keys: readonly string[], uncounted: readonly TowerRole[]): string | null {
  const key = keys.find((each) => Object.hasOwn(towers, each))
  const kind = key === undefined ? undefined : towers[key]!
  if (kind === undefined || !uncounted.includes(kind)) return null
  return `the ${kind}${kind === 'vision' || kind === 'audio' ? ' tower' : ''} is not counted`
}

/** Why a key beside the towers is left out with them; null where it is of the language model. */
export const ofJoint = (key: string): string | null =>
  joints.test(key) ? 'what joins the towers to the language model is not counted' : null
