/** Settings of scenarios, by the names of both: `expert-parallelism.ep`. */
import { ArchcostError } from '../../architecture/errors.ts'
import { distinctNames, type Expression } from '../../formulas/expression.ts'
import { scenarios } from '../../formulas/generated/scenarios.ts'
import { didYouMean, type SettingMeta } from '../../formulas/index.ts'
import type { ScenarioFormulas } from '../../formulas/runtime.ts'
import { rangeOf, type Ranged } from './ranged.ts'
import type { Setting } from './setting-place.ts'

/** What a setting of a scenario may be; undefined where it is a list. */
export const rangeInScenario = (meta: SettingMeta, address: string): Ranged | undefined =>
  // FLOPs of a training run are more than any setting of a model. Whole numbers are counted one by one.
  rangeOf(meta, address, meta.type === 'number' ? 1e30 : Number.MAX_SAFE_INTEGER)

/** Whether a model says what expressions ask for. A device is chosen or not; what it would say has a default. */
export const isOfModel = (expressions: readonly Expression[]): boolean =>
  expressions.some((each) => distinctNames(each).some((name) => !name.startsWith('device.')))

/** Of the settings of a scenario those that no model says: they are chosen, or have a default. */
export const chosenSettings = ({ settings, from }: ScenarioFormulas): SettingMeta[] =>
  settings.filter(({ name }) => !isOfModel(from[name] ?? []))

/** Addresses of settings in all scenarios. */
export const addressesInScenarios = (
  settingsOf: (scenario: ScenarioFormulas) => readonly SettingMeta[],
): string[] =>
  Object.values(scenarios).flatMap((scenario) =>
    settingsOf(scenario).map(({ name }) => `${scenario.name}.${name}`),
  )

/**
 * The setting at an address; undefined where it begins with no scenario.
 * @throws ArchcostError where the scenario has no such setting, or one that cannot vary
 */
export function scenarioSetting(address: string): Setting | undefined {
  const [scenario = '', ...rest] = address.split('.')
  if (!Object.hasOwn(scenarios, scenario)) return undefined
  const meta = settingOf(scenarios[scenario]!, rest.join('.'), address)
  const range = rangeInScenario(meta, address)
  const { name, label, symbol } = meta
  if (!range)
    throw new ArchcostError(
      'invalid_workload',
      `is a list, which cannot vary; say it with what is asked, as in "${quantityOf(scenario)} at ${name}=3 6 3"`,
      address,
    )
  const place = { of: 'scenario' as const, path: [], scenario, meta }
  return { ...range, label, place, ...(symbol === undefined ? {} : { symbol }) }
}

/** @throws ArchcostError at `said` where there is none of this name */
export function settingOf(
  { name: scenario, settings }: ScenarioFormulas,
  name: string,
  said: string,
): SettingMeta {
  const found = settings.find((each) => each.name === name)
  if (found) return found
  const names = settings.map((each) => each.name)
  throw new ArchcostError(
    'invalid_workload',
    `is no setting of ${scenario}${didYouMean(name, names) || `; it has ${names.join(', ')}`}`,
    said,
  )
}

/** @throws ArchcostError where what a design is to have is a scenario's: that is said where its quantities are asked */
export function refuseInDesign(address: string): void {
  const [scenario = '', name] = address.split('.')
  if (!Object.hasOwn(scenarios, scenario)) return
  throw new ArchcostError(
    'invalid_workload',
    `is no setting of the model; say it with what is asked, as in "${quantityOf(scenario)} at ${name}=…"`,
    address,
  )
}

/** Any, as an example. */
export const quantityOf = (scenario: string): string =>
  `${scenario}.${scenarios[scenario]!.definitions[0]!.name}`
