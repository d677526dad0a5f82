/** Settles what the settings of a scenario are for a design: what is chosen, what the design says, or a default. */
import { ArchcostError } from '../../architecture/errors.ts'
import { closureOf, type Closure, type Env } from '../../formulas/closures.ts'
import {
  distinctNames,
  sharedFunctions,
  type Expression,
  type ScenarioFormulas,
} from '../../formulas/explanations.ts'
import type { Given, Names, SettingMeta, Settings, Value } from '../../formulas/index.ts'
import { NumberError, parseQuantity } from '../read-number.ts'
import { parseValue } from '../vary/range.ts'
import type { Ranged } from '../vary/ranged.ts'
import { isOfModel, rangeInScenario, settingOf } from '../vary/scenario-settings.ts'
import type { SettingValue } from '../vary/setting.ts'
import { checkValue } from '../vary/value.ts'

/** A scenario with what is chosen for it, made ready for one model after another. */
export interface ChosenScenario {
  scenario: ScenarioFormulas
  /** Values of the settings that are chosen. */
  said: Readonly<Record<string, Value>>
  /** The others, but for those that only have a default. */
  open: readonly OpenSetting[]
  /** All names of what those may be taken from. */
  asks: readonly string[]
}

/** What a model, its workload or a device says, by name; undefined where it says nothing of the kind. */
type Told = Readonly<Record<string, Value | undefined>>

interface OpenSetting {
  meta: SettingMeta
  /** Whether it is a model that says it, which must. */
  of_model: boolean
  /** Undefined where it is a list. */
  range: Ranged | undefined
  /** What it is taken from: the first of which all names are known. */
  from: readonly ValueSource[]
}

export interface ValueSource {
  equation: Expression
  names: readonly string[]
  valueIn: Closure
}

/**
 * @param quantity what is asked of it; undefined where all is
 * @throws ArchcostError where the scenario has no such setting, or one cannot have the value
 */
export function chooseFor(
  scenario: ScenarioFormulas,
  set: Readonly<Record<string, SettingValue>>,
  quantity?: string,
): ChosenScenario {
  for (const name of Object.keys(set)) {
    refuse(scenario, name)
    settingOf(scenario, name, name)
  }
  const is_said = ({ name }: SettingMeta): boolean => set[name] !== undefined
  const said = scenario.settings
    .filter(is_said)
    .map((meta) => [meta.name, readSetting(scenario, meta, set[meta.name]!)] as const)
  const reached =
    quantity === undefined ? null : reachedFrom(scenario, quantity, ...scenario.checked)
  const open = scenario.settings
    .filter((meta) => !is_said(meta) && (reached?.has(meta.name) ?? true))
    .map((meta) => ({ meta, equations: scenario.from[meta.name] ?? [] }))
    .filter(({ meta, equations }) => equations.length > 0 || meta.default_text === undefined)
    .map(({ meta, equations }) => ({
      meta,
      of_model: isOfModel(equations),
      range: rangeInScenario(meta, `${scenario.name}.${meta.name}`),
      from: equations.map((equation) => ({
        equation,
        names: distinctNames(equation),
        valueIn: closureOf(equation, sharedFunctions),
      })),
    }))
  const asks = new Set(open.flatMap(({ from }) => from.flatMap((each) => each.names)))
  return { scenario, said: Object.fromEntries(said), open, asks: [...asks] }
}

/** What is given to a scenario for a model, and all its settings. */
interface Settled {
  /** The same object for every model: another one for each would cost as much as the scenario. */
  given: Given
  settings: Settings
}

/**
 * Settles a scenario for one model after another.
 * @param alike what is told alike for every model, such as what a device says: what nothing else decides is settled once
 * @returns takes what a model's language model says to its blocks, and what is told; throws ArchcostError where the scenario does
 *   not fit the model
 * @throws ArchcostError where the scenario does not fit what is told alike
 */
export function settlerOf(
  { scenario, said, open }: ChosenScenario,
  alike: Told = {},
): (names: Names, told: Told) => Settled {
  const given: Record<string, Value | undefined> = { ...said }
  const settle = (settings: readonly OpenSetting[], told: Told): void => {
    for (const each of settings) given[each.meta.name] = valueOf(scenario, each, told)
  }
  const is_alike = ({ from }: OpenSetting): boolean =>
    from.length > 0 && from.every(({ names }) => names.every((name) => name in alike))
  settle(open.filter(is_alike), alike)
  const others = open.filter((each) => !is_alike(each))
  return (names, told) => {
    settle(others, told)
    const settings = scenario.resolve(given, names)
    const problem = scenario.check(settings)
    if (problem !== null) throw new ArchcostError('invalid_workload', problem, scenario.name)
    return { given, settings }
  }
}

/** A setting as it is told; undefined where it has a default instead. */
function valueOf(
  scenario: ScenarioFormulas,
  { meta, range, of_model, from }: OpenSetting,
  told: Told,
): Value | undefined {
  const source = sourceOf(from, told)
  if (source) {
    const value = Number(source.valueIn(told as Env))
    checkValue(range!, asSaid(meta, value))
    return value
  }
  if (of_model) refuseModel(scenario, meta.name)
  if (meta.default_text === undefined) refuseMissing(scenario, meta)
  return undefined
}

/** Every name that quantities or settings are computed from, themselves among them. */
export function reachedFrom(
  { definitions, defaults }: ScenarioFormulas,
  ...names: readonly string[]
): Set<string> {
  const reached = new Set<string>()
  const visit = (each: string): void => {
    if (reached.has(each)) return
    reached.add(each)
    const expression = definitions.find((one) => one.name === each)?.expression ?? defaults[each]
    if (expression !== undefined && !isList(expression)) distinctNames(expression).forEach(visit)
    for (const part of definitions) if (part.part_of === each) visit(part.name)
  }
  names.forEach(visit)
  return reached
}

const isList = (value: Expression | readonly number[]): value is readonly number[] =>
  Array.isArray(value)

/** The first of which all names are known. */
export const sourceOf = (from: readonly ValueSource[], told: Told): ValueSource | undefined =>
  from.find(({ names }) => names.every((name) => told[name] !== undefined))

/** @throws ArchcostError with the reason, where the scenario's file says that it does not compute this */
export function refuse({ name: scenario, refuses }: ScenarioFormulas, name: string): void {
  if (Object.hasOwn(refuses, name))
    throw new ArchcostError('unsupported', refuses[name]!, `${scenario}.${name}`)
}

function refuseModel({ name, from }: ScenarioFormulas, setting: string): never {
  const wanted = from[setting]!.flatMap(distinctNames).join(' or ')
  throw new ArchcostError(
    'invalid_workload',
    `is asked of ${wanted}, which this model does not have; choose another model, or say ${setting}=VALUE`,
    `${name}.${setting}`,
  )
}

function refuseMissing({ name }: ScenarioFormulas, { name: setting, label }: SettingMeta): never {
  throw new ArchcostError(
    'invalid_workload',
    `has no default and no model says it (${label}); say ${setting}=VALUE`,
    `${name}.${setting}`,
  )
}

/** A setting's value as expressions read it. @throws ArchcostError */
function readSetting(
  { name: scenario }: ScenarioFormulas,
  meta: SettingMeta,
  said: SettingValue,
): Value {
  const address = `${scenario}.${meta.name}`
  const range = rangeInScenario(meta, address)
  if (range === undefined) return readList(address, String(said))
  const value = typeof said === 'string' ? parseValue(range, said) : said
  checkValue(range, value)
  if (value === null) return meta.of ? 'none' : meta.none === 'infinity' ? Infinity : 0
  return typeof value === 'boolean' ? Number(value) : value
}

function readList(address: string, text: string): number[] {
  try {
    return text
      .trim()
      .split(/\s+/)
      .map((each) => parseQuantity(each).value)
  } catch (error) {
    if (!(error instanceof NumberError)) throw error
    throw new ArchcostError(
      'invalid_workload',
      `${error.message}; a list has blanks between its numbers: ${address.split('.')[1]}="3 6 3"`,
      address,
    )
  }
}

const asSaid = ({ type }: SettingMeta, value: number): number | boolean =>
  type === 'flag' ? value !== 0 : value
