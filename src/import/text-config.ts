/** Finds the language model in a config: at the top, or under `text_config` and its like. */
import { ArchcostError } from '../architecture/errors.ts'
import { typeOfClass, type ModelClass } from './classes.ts'
import { decide, type Decision } from './decide.ts'
import { familyOf } from './families/index.ts'
import type { ImportLog } from './log.ts'
import type { Defaults, ReaderOptions } from './reader.ts'
import { spellingsOf } from './spellings.ts'
import { textTypes, usualTexts } from './text-types.ts'
import type { Holder } from './towers/holder.ts'
import { kindsIn } from './towers/left-out.ts'
import { towersOf } from './towers/index.ts'
import { tied } from './towers/ties.ts'
import { isObject, show } from './values.ts'

export interface TextConfig {
  /** The part that describes the language model. */
  text: object
  model_type: string | null
  /** The class whose head is counted, if the config names one that is known. */
  built: ModelClass | null
  /** Where model_type and class do not agree: what was decided. */
  doubts: readonly string[]
  /** What the class around it gives it where it does not say. */
  usual: Defaults
  /** Where it stands; empty at the top. */
  path: string
  /** Where towers may stand beside it, the outermost part first. */
  holders: readonly Holder[]
  /** Keys beside it that concern it. */
  outside: NonNullable<ReaderOptions['outside']>
}

const places = [
  'text_config',
  'language_config',
  'llm_config',
  'text_model_config',
  'thinker_config',
] as const
/** Places inside places: a thinker's text, for instance. */
const deepest = 3

const own = (object: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined

export function findText(config: unknown, log: ImportLog, path = ''): TextConfig {
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
  const { model_type, built, doubt } = decisionOn(config, path, log)
  const doubts = doubt === null ? [] : [doubt]
  // Towers are as the config calls itself, whatever class is built.
  const own_type = typeOf(config, path) ?? model_type ?? ''
  const is_whole = model_type !== null && familyOf(model_type)?.whole === true
  const said = places.find(
    (key) => !is_whole && own(config, key) !== undefined && own(config, key) !== null,
  )
  const place = said ?? (leavesTextOut(model_type, config) ? places[0] : undefined)
  if (place === undefined)
    return {
      text: config,
      model_type,
      built,
      doubts,
      usual: {},
      path,
      holders:
        !is_whole && (kindsIn(config).length > 0 || towersOf(own_type) !== undefined)
          ? [{ config, path, model_type: own_type }]
          : [],
      outside: {},
    }
  if (typeOf(config, path) === null)
    log.write(`${path}model_type`, { kind: 'derived', value: model_type, from: 'architectures' })
  const inner = findText(own(config, place) ?? {}, log, `${path}${place}.`)
  return {
    text: inner.text,
    model_type: inner.model_type ?? textTypeOf(own_type, model_type),
    // The outermost class decides on the head, unless nobody knows what it builds.
    built: built !== null && typeOfClass(built) !== null ? built : inner.built,
    doubts: [...doubts, ...inner.doubts],
    usual: { ...usualText(own_type, said !== undefined), ...inner.usual },
    path: inner.path,
    holders: [{ config, path, model_type: own_type }, ...inner.holders],
    outside:
      inner.path === `${path}${place}.`
        ? tied({ config, path, model_type: own_type })
        : inner.outside,
  }
}

/** The family of a text part that does not say its own, by what the config around it calls itself and what is built. */
function textTypeOf(own_type: string, built_type: string | null): string | null {
  const [said] = [own_type, built_type].filter((each) => each && Object.hasOwn(textTypes, each))
  if (said) return textTypes[said]!
  if (built_type === null) return null
  const derived = `${built_type}_text`
  // A class may be known by its text part alone.
  return familyOf(derived) === undefined && familyOf(built_type) !== undefined
    ? built_type
    : derived
}

/** Whether a multimodal config says nothing of its language model, which then is as the class of its text part has it. */
const leavesTextOut = (model_type: string | null, config: object): boolean =>
  model_type !== null &&
  familyOf(model_type) === undefined &&
  (Object.hasOwn(textTypes, model_type) || towersOf(model_type) !== undefined) &&
  !spellingsOf('hidden_size').some((key) => Object.hasOwn(config, key))

function usualText(model_type: string, is_there: boolean): Defaults {
  const usual = Object.hasOwn(usualTexts, model_type) ? usualTexts[model_type]! : null
  return usual && (usual.fills_in || !is_there) ? usual.values : {}
}

/** Which family and class a part of the config is of; what that rests on counts as read. */
function decisionOn(config: Record<string, unknown>, path: string, log: ImportLog): Decision {
  const said = typeOf(config, path) ?? unnamed(config)
  const [architectures, auto_map] = [own(config, 'architectures'), own(config, 'auto_map')]
  if (said !== null) log.write(`${path}model_type`, { kind: 'read', value: said })
  const decision = decide(said, architectures, auto_map)
  if (decision.built !== null)
    log.write(`${path}architectures`, { kind: 'read', value: [decision.built.name] })
  return decision
}

/** A family that saves no name, and is known by a part which none other has. */
const unnamed = (config: Record<string, unknown>): string | null =>
  isObject(own(config, 'ssm_cfg')) && Object.hasOwn(config, 'd_model') ? 'mamba_ssm' : null

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
