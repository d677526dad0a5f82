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
import { didYouMean, passOf, type SettingMeta, type Value } from '../../formulas/index.ts'
import type { Condition } from '../condition.ts'
import { findDevice, type Device } from '../hardware.ts'
import { NumberError, parseQuantity } from '../read-number.ts'
import { encodedPositions } from '../encoded.ts'
import type { Derivation, Workload } from '../types.ts'
import { parseValue } from '../vary/range.ts'
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
  totals?: Subject['totals']
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
  { set = {}, device, totals }: Choices,
): Opened {
  for (const name of Object.keys(set)) {
    refuse(scenario, name)
    settingOf(scenario, name, name)
  }
  const ask = askOnce({ model, workload, device, totals })
  const taken: Record<string, Taken> = {}
  const given: Record<string, Value> = {}
  for (const meta of scenario.settings) {
    const { name } = meta
    if (set[name] !== undefined) {
      given[name] = readSetting(scenario, meta, set[name])
      taken[name] = { origin: 'changed', inputs: [] }
      continue
    }
    const found = takeFrom(scenario.from[name] ?? [], ask)
    if (found === null) refuseModel(scenario, name)
    if (found === undefined) {
      if (meta.default_text === undefined) refuseMissing(scenario, meta)
      continue
    }
    checkValue(rangeInScenario(meta, `${scenario.name}.${name}`)!, asSaid(meta, found.value))
    given[name] = found.value
    taken[name] = found
  }
  const { names } = (model.decoder ?? model.encoder)!
  const settings = scenario.resolve(given, names)
  const problem = scenario.check(settings)
  if (problem !== null) throw new ArchcostError('invalid_workload', problem, scenario.name)
  const positions = encodedPositions(model, workload)
  const pass = passOf(workload, 1, workload.context - 1, positions)
  return {
    address: scenario.name,
    occasion: 'model',
    about: scenario,
    settings: scenario.settings,
    given,
    taken,
    values: { ...settings, ...pass, ...scenario.values(settings, pass) },
  }
}

/** Several settings are taken from one total, which is opened once. */
function askOnce(subject: Subject): (name: string) => Derivation | undefined {
  const asked = new Map<string, Derivation | undefined>()
  return (name) => {
    if (!asked.has(name)) asked.set(name, explainReference(name, subject))
    return asked.get(name)
  }
}

/** The first of the expressions whose names are all known; undefined where no model is asked, null where the model lacks them. */
function takeFrom(
  expressions: readonly Expression[],
  ask: (name: string) => Derivation | undefined,
): (Taken & { value: number }) | null | undefined {
  for (const equation of expressions) {
    const inputs = distinctNames(equation).map((name): Derivation | undefined => {
      const found = ask(name)
      return found && { ...found, name }
    })
    const known = inputs.filter((each) => each !== undefined)
    if (known.length < inputs.length) continue
    const values = Object.fromEntries(known.map(({ name, value }) => [name, value]))
    return {
      origin: known.some(({ origin }) => origin === 'device') ? 'device' : 'model',
      equation,
      inputs: known,
      value: Number(interpret(equation, values)),
    }
  }
  return isOfModel(expressions) ? null : undefined
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
