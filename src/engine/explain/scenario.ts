/** Opens the quantities of scenarios for a model: their settings are what the model says, what is chosen, or a default. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model } from '../../architecture/model.ts'
import {
  distinctNames,
  interpret,
  scenarios,
  type Expression,
  type ScenarioFormulas,
} from '../../formulas/explanations.ts'
import {
  didYouMean,
  passOf,
  type Names,
  type SettingMeta,
  type Settings,
  type Value,
} from '../../formulas/index.ts'
import type { Condition } from '../condition.ts'
import { findDevice, type Device } from '../hardware.ts'
import { NumberError, parseQuantity } from '../read-number.ts'
import { encodedPositions } from '../encoded.ts'
import type { Derivation, Workload } from '../types.ts'
import { parseValue } from '../vary/range.ts'
import type { Ranged } from '../vary/ranged.ts'
import { isOfModel, rangeInScenario, settingOf } from '../vary/scenario-settings.ts'
import type { SettingValue } from '../vary/setting.ts'
import { checkValue } from '../vary/value.ts'
import { explainDefinition, explainSetting, type Opened, type Taken } from './block.ts'
import { explainReference, type Subject } from './reference.ts'

/** What is chosen for scenarios, beside the model and its workload. */
export interface Choices {
  /** Settings by name; texts are as people write them: `ep: '64'`, `loads: '3 6 3'`. */
  set?: Readonly<Record<string, SettingValue>>
  device?: Device | undefined
}

/** Choices with those of a condition, which may name a device. @throws ArchcostError */
export function chooseAlso({ set, device }: Choices, { others }: Condition): Choices {
  const { device: named, ...rest } = others
  return {
    set: { ...set, ...rest },
    // One of one's own is found by its name as well.
    device: named === undefined ? device : findDevice(named, device),
  }
}

/** The scenario that `roofline.seconds` begins with. */
export function scenarioOf(quantity: string): ScenarioFormulas | undefined {
  const name = quantity.split('.')[0]!
  return Object.hasOwn(scenarios, name) ? scenarios[name] : undefined
}

/** @throws ArchcostError where the scenario has no such quantity, or does not fit the model */
export function explainScenario(
  scenario: ScenarioFormulas,
  quantity: string,
  model: Model,
  workload: Workload,
  choices: Choices,
): Derivation {
  const name = quantity.slice(scenario.name.length + 1)
  refuse(scenario, name)
  const definition = scenario.definitions.find((each) => each.name === name)
  const setting = scenario.settings.find((each) => each.name === name)
  if (!definition && !setting)
    throw new ArchcostError(
      'invalid_workload',
      `${quantity.slice(0, 80)} is no quantity of this scenario${didYouMean(quantity, quantitiesOf(scenario)) || `; it has ${quantitiesOf(scenario).join(', ')}`}`,
    )
  const reached = reachedFrom(scenario, name)
  for (const set of Object.keys(choices.set ?? {}))
    if (!reached.has(set) && scenario.settings.some((each) => each.name === set))
      throw new ArchcostError(
        'invalid_workload',
        `${set} changes nothing of it; leave it out, or ask for what it changes`,
        quantity,
      )
  const open = openScenario(scenario, model, workload, choices)
  return definition ? explainDefinition(open, definition) : explainSetting(open, name)
}

/** Every name that a quantity or setting is computed from, itself among them. */
function reachedFrom({ definitions, defaults }: ScenarioFormulas, name: string): Set<string> {
  const reached = new Set<string>()
  const visit = (each: string): void => {
    if (reached.has(each)) return
    reached.add(each)
    const expression = definitions.find((one) => one.name === each)?.expression ?? defaults[each]
    if (expression !== undefined && !isList(expression)) distinctNames(expression).forEach(visit)
    for (const part of definitions) if (part.part_of === each) visit(part.name)
  }
  visit(name)
  return reached
}

const isList = (value: Expression | readonly number[]): value is readonly number[] =>
  Array.isArray(value)

/** Which of the settings change a quantity of a scenario. */
export const settingsThatReach = (
  scenario: string,
  quantity: string,
  settings: readonly string[],
): string[] => {
  const reached = reachedFrom(scenarios[scenario]!, quantity)
  return settings.filter((name) => reached.has(name))
}

/** All values of a scenario for a model, settings among them. @throws ArchcostError where it does not fit the model */
export const scenarioValues = (
  name: string,
  model: Model,
  workload: Workload,
  choices: Choices,
): Readonly<Record<string, Value>> =>
  openScenario(scenarios[name]!, model, workload, choices).values

const quantitiesOf = ({ name, definitions }: ScenarioFormulas): string[] =>
  definitions.map((each) => `${name}.${each.name}`)

/** The quantities of every scenario that fits a model. */
export const scenarioQuantities = (model: Model, workload: Workload): string[] =>
  Object.values(scenarios).flatMap((scenario) => {
    try {
      openScenario(scenario, model, workload, {})
      return quantitiesOf(scenario)
    } catch (error) {
      if (error instanceof ArchcostError) return []
      throw error
    }
  })

function openScenario(
  scenario: ScenarioFormulas,
  model: Model,
  workload: Workload,
  { set = {}, device }: Choices,
): Opened {
  const chosen = chooseFor(scenario, set)
  const { names } = (model.decoder ?? model.encoder)!
  const open = askOnce({ model, workload, device })
  const { given, settings, sources } = settle(chosen, names, (name) => open(name)?.value)
  const said = Object.keys(chosen.said).map((name): [string, Taken] => [
    name,
    { origin: 'changed', inputs: [] },
  ])
  const taken = Object.entries(sources).map(([name, source]): [string, Taken] => [
    name,
    takenFrom(source, open),
  ])
  const positions = encodedPositions(model, workload)
  const pass = passOf(workload, 1, workload.context - 1, positions)
  return {
    address: scenario.name,
    occasion: 'model',
    about: scenario,
    settings: scenario.settings,
    given,
    taken: Object.fromEntries([...said, ...taken]),
    values: { ...settings, ...pass, ...scenario.values(settings, pass) },
  }
}

/** A scenario with what is chosen for it, made ready for one model after another. */
export interface ChosenScenario {
  scenario: ScenarioFormulas
  /** Values of the settings that are chosen. */
  said: Readonly<Record<string, Value>>
  /** The other settings. */
  open: readonly OpenSetting[]
}

interface OpenSetting {
  meta: SettingMeta
  /** Undefined where it is a list. */
  range: Ranged | undefined
  /** What it is taken from: the first of which all names are known. */
  from: readonly ValueSource[]
}

interface ValueSource {
  equation: Expression
  names: readonly string[]
}

/** @throws ArchcostError where the scenario has no such setting, or one cannot have the value */
export function chooseFor(
  scenario: ScenarioFormulas,
  set: NonNullable<Choices['set']>,
): ChosenScenario {
  for (const name of Object.keys(set)) {
    refuse(scenario, name)
    settingOf(scenario, name, name)
  }
  const is_said = ({ name }: SettingMeta): boolean => set[name] !== undefined
  const said = scenario.settings
    .filter(is_said)
    .map((meta) => [meta.name, readSetting(scenario, meta, set[meta.name]!)] as const)
  const open = scenario.settings
    .filter((meta) => !is_said(meta))
    .map((meta) => ({
      meta,
      range: rangeInScenario(meta, `${scenario.name}.${meta.name}`),
      from: (scenario.from[meta.name] ?? []).map((equation) => ({
        equation,
        names: distinctNames(equation),
      })),
    }))
  return { scenario, said: Object.fromEntries(said), open }
}

/** What is given to a scenario, all its settings, and what those are taken from that are not chosen. */
interface Settled {
  given: Readonly<Record<string, Value>>
  settings: Settings
  sources: Readonly<Record<string, ValueSource>>
}

/**
 * The settings of a scenario for a model.
 * @param names what its language model says to its blocks
 * @param ask the value of what a model, its workload or a device says, undefined where it says nothing of the kind
 * @throws ArchcostError where the scenario does not fit the model
 */
export function settle(
  { scenario, said, open }: ChosenScenario,
  names: Names,
  ask: (name: string) => Derivation['value'] | undefined,
): Settled {
  const given: Record<string, Value> = { ...said }
  const sources: Record<string, ValueSource> = {}
  for (const { meta, range, from } of open) {
    const { name } = meta
    const source = from.find((each) => each.names.every((one) => ask(one) !== undefined))
    if (source) {
      const value = valueOf(source, ask)
      checkValue(range!, asSaid(meta, value))
      given[name] = value
      sources[name] = source
    } else if (isOfModel(from.map(({ equation }) => equation))) refuseModel(scenario, name)
    else if (meta.default_text === undefined) refuseMissing(scenario, meta)
  }
  const settings = scenario.resolve(given, names)
  const problem = scenario.check(settings)
  if (problem !== null) throw new ArchcostError('invalid_workload', problem, scenario.name)
  return { given, settings, sources }
}

function valueOf(
  { equation, names }: ValueSource,
  ask: (name: string) => Derivation['value'] | undefined,
): number {
  if (typeof equation === 'string') return Number(ask(equation))
  const values: Record<string, Value> = {}
  for (const name of names) values[name] = ask(name)!
  return Number(interpret(equation, values))
}

/** Several settings are taken from one total, which is opened once. */
function askOnce(subject: Subject): (name: string) => Derivation | undefined {
  const asked = new Map<string, Derivation | undefined>()
  return (name) => {
    if (!asked.has(name)) asked.set(name, explainReference(name, subject))
    return asked.get(name)
  }
}

function takenFrom(
  { equation, names }: ValueSource,
  open: (name: string) => Derivation | undefined,
): Taken {
  const inputs = names.map((name): Derivation => ({ ...open(name)!, name }))
  const ofDevice = inputs.some(({ origin }) => origin === 'device')
  return { origin: ofDevice ? 'device' : 'model', equation, inputs }
}

/** @throws ArchcostError with the reason, where the scenario's file says that it does not compute this */
function refuse({ name: scenario, refuses }: ScenarioFormulas, name: string): void {
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
