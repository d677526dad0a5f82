/** What `--set` changes: settings of the model, or of the scenarios that are asked. */
import type { Architecture } from '../engine/index.ts'
import { askedText, partCondition } from '../engine/asked-text.ts'
import { predictions } from '../engine/explain/totals.ts'
import { scenarioOf } from '../engine/explain/scenario.ts'
import { hasSetting } from '../engine/vary/index.ts'
import { pair, splitList } from './pairs.ts'

export interface Changes {
  /** As `--set` takes them. */
  ofModel: string
  /** Those of the scenario that a quantity belongs to. */
  ofScenarios: (quantity: string) => Record<string, string>
}

/**
 * What the model has is changed there, so that all numbers speak of the same model; `load-balancing.top_k=4` changes the
 * scenario alone.
 */
export function splitChanges(
  architecture: Architecture,
  quantities: readonly string[],
  text: string | undefined,
): Changes {
  const asked = quantities.map(scenarioIn).filter((each) => each !== undefined)
  const changes = splitList(text).map((change) => {
    const [name, value] = pair('--set', change)
    const scenario = asked.find((each) => name.startsWith(`${each.name}.`))
    const setting = scenario ? name.slice(scenario.name.length + 1) : name
    const known = asked.some(({ settings }) => settings.some((each) => each.name === name))
    const isOfScenario = scenario !== undefined || (known && !hasSetting(architecture, name))
    return { change, isOfScenario, scenario, setting, value }
  })
  return {
    ofModel: changes
      .filter(({ isOfScenario }) => !isOfScenario)
      .map(({ change }) => change)
      .join(','),
    ofScenarios: (quantity) => {
      const own = scenarioIn(quantity)
      const of = changes.filter(
        ({ isOfScenario, scenario, setting }) =>
          isOfScenario &&
          (scenario ? scenario === own : own?.settings.some(({ name }) => name === setting)),
      )
      return Object.fromEntries(of.map(({ setting, value }) => [setting, value]))
    },
  }
}

/** The scenario that a quantity, or a prediction, belongs to. */
const scenarioIn = (quantity: string) => {
  const [name] = partCondition(askedText(quantity))
  return scenarioOf(predictions.find((each) => each.name === name)?.scenario ?? name)
}
