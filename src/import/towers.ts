/** Keys of a multimodal config that describe what stands beside the language model. */
import { isObject } from './values.ts'

/** Objects that describe a tower -> what it takes in or gives out. */
const towers: Readonly<Record<string, string>> = {
  vision_config: 'vision',
  vision_tower_config: 'vision',
  vit_config: 'vision',
  visual: 'vision',
  audio_config: 'audio',
  audio_tower: 'audio',
  speech_config: 'audio',
  talker_config: 'speech',
  token2wav_config: 'speech',
}

/** Keys that join the towers to the language model. */
const joints =
  /^(vision|visual|vit|image|images|video|audio|speech|mm|multimodal|projector|spatial_merge|merge|patch|pixel|media|talker)_|_(projector|tower)(_|$)/

export const hasTowers = (config: object): boolean =>
  Object.entries(config).some(([key, value]) => Object.hasOwn(towers, key) && isObject(value))

/** Why a key inside a tower is left out; null for one outside. */
export function ofTower(keys: readonly string[]): string | null {
  const tower = keys.find((key) => Object.hasOwn(towers, key))
  return tower === undefined ? null : `the ${towers[tower]!} tower is not counted`
}

/** Why a key beside the towers is left out with them; null where it is of the language model. */
export const ofJoint = (key: string): string | null =>
  joints.test(key) ? 'what joins the towers to the language model is not counted' : null
