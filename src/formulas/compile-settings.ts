/** The settings of a file -> checked settings: types, ranges, defaults. */
import { unitOfResult, type Scope } from './check-units.ts'
import { dropUndefined } from './drop-undefined.ts'
import { distinctNames, type Expression } from './expression.ts'
import type { SettingFile } from './file-schema.ts'
import type { At } from './formula-error.ts'
import type { Mechanism, Setting } from './mechanism.ts'
import { documentKeys } from './document-keys.ts'
import { didYouMean } from './nearest.ts'
import { inOrder } from './order.ts'
import { plain, type Shape } from './units.ts'

/** Reads an expression that may call the shared functions. */
export type Parse = (text: string | number) => Expression

export function compileSetting(
  name: string,
  said: SettingFile,
  of_file: Mechanism['kind'],
  parse: Parse,
): Setting {
  const { default: fallback, from, of, kind, config_keys = [], ...rest } = dropUndefined(said)
  const setting: Setting = {
    name,
    config_keys,
    ...rest,
    ...(of ? { of } : {}),
    ...(kind ? { kind } : {}),
    ...(from === undefined ? {} : { from: [from].flat().map((each) => parse(each)) }),
  }
  if (of_file === 'block' && documentKeys.includes(name))
    throw new Error(`${name} means something else in an architecture document; choose another name`)
  checkKeys(setting)
  checkFrom(setting, of_file)
  if (fallback === undefined) return setting
  const default_text = Array.isArray(fallback) ? JSON.stringify(fallback) : String(fallback)
  return { ...setting, default_text, default: defaultOf(setting, fallback, parse) }
}

/** Which keys go with which type. */
function checkKeys({ type, of, kind, none, min, max }: Setting): void {
  const isNumber = type === 'count' || type === 'tokens' || type === 'number'
  if (type === 'choice' && of === undefined)
    throw new Error('a choice says what "of", as of: [a, b]')
  if (type !== 'choice' && of !== undefined)
    throw new Error(`only a choice has "of", and this is a ${type}`)
  if (type === 'block' && kind === undefined)
    throw new Error('a block says which "kind": the folder of the blocks that may attach')
  if (type !== 'block' && kind !== undefined)
    throw new Error(`only a block has a kind, and this is a ${type}`)
  if (!isNumber && (none !== undefined || min !== undefined || max !== undefined))
    throw new Error(`only numbers have none, min and max, and this is a ${type}`)
  if (min !== undefined && max !== undefined && min > max)
    throw new Error(`min ${min} is above max ${max}`)
}

/** What a model tells a scenario. Names of blocks and totals are the engine's; here they need only be told apart. */
function checkFrom({ type, from = [] }: Setting, of_file: Mechanism['kind']): void {
  if (from.length === 0) return
  if (of_file === 'block')
    throw new Error('only a scenario takes a setting "from" a model; a block says config_keys')
  if (type === 'choice' || type === 'list' || type === 'block')
    throw new Error(`only numbers and flags come from a model, and this is a ${type}`)
  const bare = from.flatMap(distinctNames).find((name) => !name.includes('.'))
  if (bare !== undefined)
    throw new Error(
      `${bare} has no dot; say whose it is, as in moe.${bare}, workload.batch or stack.d_model`,
    )
}

function defaultOf(
  setting: Setting,
  fallback: string | number | readonly number[],
  parse: Parse,
): Expression | readonly number[] {
  const { type, of = [], none } = setting
  if (type === 'list') {
    if (Array.isArray(fallback)) return fallback as readonly number[]
    throw new Error('the default of a list is a list of numbers')
  }
  if (typeof fallback !== 'string' && typeof fallback !== 'number')
    throw new Error(`a list cannot be the default of a ${type}`)
  if (type === 'choice') {
    if (of.includes(String(fallback))) return { text: String(fallback) }
    throw new Error(
      `the default ${fallback} is none of ${of.join(', ')}${didYouMean(String(fallback), of)}`,
    )
  }
  if (type === 'block') {
    if (fallback === 'none') return 0
    throw new Error('a block defaults to none, or has to be given')
  }
  if (fallback !== 'none') return literalInRange(setting, parse(fallback))
  if (none === undefined)
    throw new Error(
      'defaults to none; say what null means in expressions, as none: infinity or none: "0"',
    )
  return none === 'infinity' ? 'infinity' : 0
}

function literalInRange({ type, min, max }: Setting, fallback: Expression): Expression {
  if (typeof fallback !== 'number') return fallback
  const whole = type === 'count' || type === 'tokens'
  const least = min ?? (whole ? 1 : -Infinity)
  if (type === 'flag' && fallback !== 0 && fallback !== 1)
    throw new Error(`the default ${fallback} is no flag; write 1 or 0`)
  if (whole && !Number.isInteger(fallback))
    throw new Error(`the default ${fallback} is no whole number`)
  if (fallback < least)
    throw new Error(
      `the default ${fallback} is below ${least}, the least the setting can be; say min`,
    )
  if (fallback > (max ?? Infinity)) throw new Error(`the default ${fallback} is above max ${max}`)
  return fallback
}

export function shapeOfSetting({ type, of = [] }: Setting): Shape {
  switch (type) {
    case 'choice':
      return { kind: 'choice', of }
    case 'list':
    case 'block':
      return { kind: type }
    default:
      return { kind: 'number', unit: plain }
  }
}

/** What the default of a setting reads; nothing where it is a list or a text. */
const defaultReads = ({ default: fallback }: Setting): string[] =>
  fallback === undefined || Array.isArray(fallback) ? [] : distinctNames(fallback as Expression)

/** The settings in an order in which each follows only from those before it. */
export function settingsInOrder(settings: readonly Setting[]): Setting[] {
  const byName = new Map(settings.map((setting) => [setting.name, setting]))
  const needs = (name: string): string[] | undefined => {
    const setting = byName.get(name)
    return setting && defaultReads(setting)
  }
  return inOrder(byName.keys(), needs).map((name) => byName.get(name)!)
}

/** Defaults are plain numbers that follow from other settings and from the architecture, without a cycle. */
export function checkDefaults(settings: readonly Setting[], scope: Scope, at: At): void {
  for (const { name, type, default: fallback } of settings) {
    if (fallback === undefined || Array.isArray(fallback) || type === 'choice' || type === 'block')
      continue
    at(`settings.${name}.default`, () => unitOfResult(fallback as Expression, scope))
  }
  at('settings', () => settingsInOrder(settings))
}
