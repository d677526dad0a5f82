/** Finds the language model in a config: at the top, or under `text_config` and its like. */
import { ArchcostError } from '../architecture/errors.ts'
import { show } from './values.ts'

export interface TextConfig {
  /** The part that describes the language model. */
  text: object
  model_type: string | null
  /** Where it stands; empty at the top. */
  path: string
  /** Whether other towers stand beside it. */
  has_towers: boolean
}

const places = [
  'text_config',
  'language_config',
  'llm_config',
  'text_model_config',
  'thinker_config',
] as const
const towers = [
  'vision_config',
  'audio_config',
  'vision_tower_config',
  'speech_config',
  'vit_config',
  'visual',
  'audio_tower',
  'talker_config',
]

/** Families of multimodal models whose text part does not say its own. */
const textTypes: Readonly<Record<string, string>> = {
  audioflamingo3: 'qwen2',
  aya_vision: 'cohere2',
  cohere2_vision: 'cohere2',
  deepseek_vl: 'llama',
  deepseek_vl_hybrid: 'llama',
  emu3: 'llama',
  exaone4_5: 'exaone4',
  fast_vlm: 'qwen2',
  fuyu: 'persimmon',
  gemma3: 'gemma3_text',
  gemma4: 'gemma4_text',
  glm46v: 'glm4v_text',
  glmasr: 'llama',
  got_ocr2: 'qwen2',
  granite_speech: 'granite',
  idefics2: 'mistral',
  idefics3: 'llama',
  inkling_mm_model: 'inkling_text',
  internvl: 'qwen2',
  janus: 'llama',
  kimi_k25: 'kimi_k2',
  kimi_vl: 'deepseek_v3',
  lfm2_vl: 'lfm2',
  lighton_ocr: 'qwen3',
  llama4: 'llama4_text',
  llava: 'llama',
  llava_next: 'llama',
  llava_next_video: 'llama',
  llava_onevision: 'qwen2',
  mistral3: 'mistral',
  musicflamingo: 'qwen2',
  ovis2: 'qwen2',
  paligemma: 'gemma',
  perception_lm: 'llama',
  pixtral: 'mistral',
  qianfan_ocr: 'qwen3',
  qwen2_audio: 'qwen2',
  shieldgemma2: 'gemma3_text',
  smolvlm: 'llama',
  video_llama_3: 'qwen2',
  video_llava: 'llama',
  vipllava: 'llama',
  voxtral: 'llama',
}

/** Places inside places: a thinker's text, for instance. */
const deepest = 3

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const own = (object: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined

export function findText(config: unknown, path = ''): TextConfig {
  if (!isObject(config)) {
    throw new ArchcostError(
      'invalid_config',
      `is ${show(config)}; an object is expected, such as {"model_type": "llama", "hidden_size": 4096, ...}`,
      path === '' ? 'the config' : path.slice(0, -1),
    )
  }
  if (path.split('.').length > deepest) {
    throw new ArchcostError('invalid_config', 'no language model stands so deep', path.slice(0, -1))
  }
  const model_type = typeOf(config, path)
  const has_towers = towers.some((key) => isObject(own(config, key)))
  const place = places.find((key) => own(config, key) !== undefined && own(config, key) !== null)
  if (place === undefined) return { text: config, model_type, path, has_towers }
  const inner = findText(own(config, place), `${path}${place}.`)
  const outer_type =
    model_type === null
      ? null
      : Object.hasOwn(textTypes, model_type)
        ? textTypes[model_type]!
        : `${model_type}_text`
  return {
    // The tables may be tied by the outer config alone.
    text: inner.path === `${path}${place}.` ? withTie(inner.text, config) : inner.text,
    model_type: inner.model_type ?? outer_type,
    path: inner.path,
    has_towers: true,
  }
}

function withTie(text: object, outer: Record<string, unknown>): object {
  const tie = own(outer, 'tie_word_embeddings')
  return Object.hasOwn(text, 'tie_word_embeddings') || tie === undefined
    ? text
    : { ...text, tie_word_embeddings: tie }
}

function typeOf(config: Record<string, unknown>, path: string): string | null {
  const model_type = own(config, 'model_type')
  if (model_type === undefined || model_type === null) return null
  if (typeof model_type === 'string') return model_type
  throw new ArchcostError(
    'invalid_config',
    `is ${show(model_type)}; a text such as "llama" is expected`,
    `${path}model_type`,
  )
}
