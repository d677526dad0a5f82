/** Settings as a document writes them -> as formulas read them. Every mistake names its address. */
import {
  didYouMean,
  documentKeys,
  show,
  type BlockFormulas,
  type Given,
  type Names,
  type SettingMeta,
  type Settings,
  type Value,
} from '../formulas/index.ts'
import { ArchcostError } from './errors.ts'
import type { BlockUse } from './schema.ts'

/** Keys of a block that are not settings. */
export const structuralKeys: ReadonlySet<string> = new Set(documentKeys)

/** Far above and below anything real, and such that no product overflows and no quotient is endless. */
const most = 1e12
const smallest = 1e-12
const isAmount = (value: unknown): value is number =>
  typeof value === 'number' &&
  (value === 0 || (Math.abs(value) >= smallest && Math.abs(value) <= most))

const fail = (address: string, message: string): never => {
  throw new ArchcostError('invalid_architecture', message, address)
}

/** The settings that a use of a block gives; blocks attached to it are left out. */
export function readSettings(formulas: BlockFormulas, use: BlockUse, address: string): Given {
  const given: Record<string, Value> = {}
  for (const [key, raw] of Object.entries(use)) {
    if (structuralKeys.has(key) || raw === undefined) continue
    const meta = formulas.settings.find((setting) => setting.name === key)
    if (!meta) {
      const names = formulas.settings.map((setting) => setting.name)
      const said = key.slice(0, 60)
      return fail(
        `${address}.${said}`,
        `${formulas.name} has no setting ${said}${didYouMean(key, names) || `; it has ${names.join(', ')}`}`,
      )
    }
    if (meta.type !== 'block') given[key] = readValue(meta, raw, `${address}.${key}`)
  }
  return given
}

/** A setting's value as formulas read it. @throws ArchcostError where it is none */
export function readValue(meta: SettingMeta, raw: unknown, address: string): Value {
  if (raw === null) {
    if (meta.none !== undefined) return meta.none === 'infinity' ? Infinity : 0
    if (meta.of?.includes('none')) return 'none'
    return fail(
      address,
      `null is given, but ${expected(meta)} is expected; leave it out for the default`,
    )
  }
  switch (meta.type) {
    case 'flag':
      if (typeof raw === 'boolean') return Number(raw)
      if (raw === 0 || raw === 1) return raw
      break
    case 'choice':
      if (typeof raw === 'string' && meta.of!.includes(raw)) return raw
      return fail(
        address,
        `${show(raw)} is none of ${meta.of!.join(', ')}${typeof raw === 'string' ? didYouMean(raw, meta.of!) : ''}`,
      )
    case 'list':
      if (Array.isArray(raw) && raw.every(isAmount)) return raw
      break
    default:
      if (typeof raw === 'number' && fits(meta, raw)) return raw
  }
  return fail(address, `${show(raw)} is given, but ${expected(meta, raw)} is expected`)
}

function fits(meta: SettingMeta, value: number): boolean {
  if (meta.type === 'flag') return value === 0 || value === 1
  const whole = meta.type === 'count' || meta.type === 'tokens'
  return (
    (whole ? Number.isInteger(value) : isAmount(value)) &&
    value >= least(meta) &&
    value <= (meta.max ?? most)
  )
}

const least = ({ type, min }: SettingMeta): number => min ?? (type === 'number' ? -most : 1)

function expected(meta: SettingMeta, found?: unknown): string {
  switch (meta.type) {
    case 'flag':
      return 'true or false'
    case 'list':
      return Array.isArray(found) && found.every((each) => typeof each === 'number')
        ? `a list of numbers that are 0 or between ${smallest} and ${most} in size`
        : 'a list of numbers'
    case 'choice':
      return `one of ${meta.of!.join(', ')}`
    default: {
      const range =
        meta.type === 'number' && meta.min === undefined ? '' : ` of at least ${least(meta)}`
      if (meta.type === 'number' && found !== 0 && Math.abs(Number(found)) < smallest)
        return `a number that is 0 or at least ${smallest} in size`
      const max = meta.max ?? (typeof found === 'number' && found > most ? most : undefined)
      return `a ${meta.type === 'number' ? '' : 'whole '}number${range}${max === undefined ? '' : ` and at most ${max}`}`
    }
  }
}

/**
 * All settings of a block: those given, else those of `host`, else their defaults; checked.
 * @throws ArchcostError where a setting is missing, a default does not come out whole, or a check fails
 */
export function resolveSettings(
  formulas: BlockFormulas,
  given: Given,
  names: Names,
  address: string,
  host?: Settings,
): Settings {
  const { needed, following } = defaultsOf(formulas)
  const known = host ? takeOver(formulas, given, host) : given
  for (const { name } of needed)
    if (known[name] === undefined)
      fail(`${address}.${name}`, `is missing; ${formulas.name} needs it`)
  const settings = formulas.resolve(known, names)
  for (const meta of host ? formulas.settings : following) {
    const value = settings[meta.name]
    if (
      typeof value !== 'number' ||
      given[meta.name] !== undefined ||
      fits(meta, value) ||
      value === noneOf(meta)
    )
      continue
    fail(
      `${address}.${meta.name}`,
      `follows as ${meta.default_text} = ${value}, but ${expected(meta, value)} is expected; give it, or change what it follows from`,
    )
  }
  const failed = formulas.check(settings)
  if (failed !== null) fail(address, failed)
  return settings
}

/** What is given, and for the rest what the block that hosts this one says: keys in one order, which an engine reads fastest. */
function takeOver({ settings }: BlockFormulas, given: Given, host: Settings): Given {
  const all: Record<string, Value | undefined> = {}
  for (const { name } of settings) all[name] = given[name] ?? host[name]
  return all
}

interface Defaults {
  /** Settings that have none. */
  needed: readonly SettingMeta[]
  /** Settings whose default is no plain number, which the compiler would have checked. */
  following: readonly SettingMeta[]
}
/** By block. They are asked for each time a block is placed, and looking for them would cost more than placing it. */
const defaults = new WeakMap<BlockFormulas, Defaults>()

function defaultsOf(formulas: BlockFormulas): Defaults {
  const known = defaults.get(formulas)
  if (known) return known
  const { settings } = formulas
  const made = {
    needed: settings.filter(
      ({ type, default_text }) => default_text === undefined && type !== 'block',
    ),
    following: settings.filter(({ follows }) => follows !== undefined),
  }
  defaults.set(formulas, made)
  return made
}

const noneOf = ({ none }: SettingMeta): number | undefined =>
  none === 'infinity' ? Infinity : none === '0' ? 0 : undefined
