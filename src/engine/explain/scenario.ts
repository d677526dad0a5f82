/** Opens the quantities of scenarios for a model: their settings are what the model says, what is chosen, or a default. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model } from '../../architecture/model.ts'
import { scenarios, type ScenarioFormulas } from '../../formulas/explanations.ts'
import { didYouMean, passOf, type Value } from '../../formulas/index.ts'
import type { Condition } from '../condition.ts'
import { findDevice, type Device } from '../hardware.ts'
import { encodedPositions } from '../encoded.ts'
import type { Derivation, Workload } from '../types.ts'
import type { SettingValue } from '../vary/setting.ts'
import { explainDefinition, explainSetting, type Opened, type Taken } from './block.ts'
import { explainReference, type Subject } from './reference.ts'
import { chooseFor, reachedFrom, refuse, settlerOf, sourceOf, type ValueSource } from './settle.ts'

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
  const open = openScenario(scenario, model, workload, choices, name)
  return definition ? explainDefinition(open, definition) : explainSetting(open, name)
}

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

/** @param quantity what is asked of it; undefined where all is */
function openScenario(
  scenario: ScenarioFormulas,
  model: Model,
  workload: Workload,
  { set = {}, device }: Choices,
  quantity?: string,
): Opened {
  const chosen = chooseFor(scenario, set, quantity)
  const { names } = (model.decoder ?? model.encoder)!
  const ask = askOnce({ model, workload, device })
  const told = Object.fromEntries(chosen.asks.map((name) => [name, ask(name)?.value]))
  const { given, settings } = settlerOf(chosen)(names, told)
  const said = Object.keys(chosen.said).map((name): [string, Taken] => [
    name,
    { origin: 'changed', inputs: [] },
  ])
  const taken = chosen.open.flatMap(({ meta, from }): [string, Taken][] => {
    const source = sourceOf(from, told)
    return source ? [[meta.name, takenFrom(source, ask)]] : []
  })
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
  ask: (name: string) => Derivation | undefined,
): Taken {
  const inputs = names.map((name): Derivation => ({ ...ask(name)!, name }))
  const ofDevice = inputs.some(({ origin }) => origin === 'device')
  return { origin: ofDevice ? 'device' : 'model', equation, inputs }
}
