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
import { didYouMean, type SettingMeta, type Value } from '../../formulas/index.ts'
import type { Condition } from '../condition.ts'
import { findDevice, type Device } from '../hardware.ts'
import { NumberError, parseQuantity } from '../numbers.ts'
import { encodedPositions, passOf } from '../sums.ts'
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
  const definition = scenario.definitions.find((each) => each.name === name)
  const setting = scenario.settings.find((each) => each.name === name)
  if (!definition && !setting)
    throw new ArchcostError(
      'invalid_workload',
      `${quantity.slice(0, 80)} is no quantity of this scenario${didYouMean(quantity, quantitiesOf(scenario)) || `; it has ${quantitiesOf(scenario).join(', ')}`}`,
    )
  const open = openScenario(scenario, model, workload, choices)
  return definition ? explainDefinition(open, definition) : explainSetting(open, name)
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
    const subject = { model, workload, device: undefined }
    const lacks = scenario.settings.some(({ name, default_text }) => {
      const found = takeFrom(scenario.from[name] ?? [], subject)
      return found === null || (found === undefined && default_text === undefined)
    })
    return lacks ? [] : quantitiesOf(scenario)
  })

function openScenario(
  scenario: ScenarioFormulas,
  model: Model,
  workload: Workload,
  { set = {}, device }: Choices,
): Opened {
  for (const name of Object.keys(set)) settingOf(scenario, name, name)
  const taken: Record<string, Taken> = {}
  const given: Record<string, Value> = {}
  for (const meta of scenario.settings) {
    const { name } = meta
    if (set[name] !== undefined) {
      given[name] = readSetting(scenario, meta, set[name])
      taken[name] = { origin: 'changed', inputs: [] }
      continue
    }
    const found = takeFrom(scenario.from[name] ?? [], { model, workload, device })
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

/** The first of the expressions whose names are all known; undefined where no model is asked, null where the model lacks them. */
function takeFrom(
  expressions: readonly Expression[],
  subject: Subject,
): (Taken & { value: number }) | null | undefined {
  for (const equation of expressions) {
    const inputs = distinctNames(equation).map((name): Derivation | undefined => {
      const found = explainReference(name, subject)
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
