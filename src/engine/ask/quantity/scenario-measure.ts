/** A scenario's quantity, of the design as a whole: it may ask for anything that a model says. */
import { prepare } from '../../../architecture/check.ts'
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Model } from '../../../architecture/model.ts'
import { prepareChecked } from '../../../architecture/prepare.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import { distinctNames } from '../../../formulas/explanations.ts'
import type { Condition } from '../../condition.ts'
import { ofOneSequence } from '../../explain/reference.ts'
import {
  chooseAlso,
  explainScenario,
  scenarioOf,
  scenarioValues,
  type Choices,
} from '../../explain/scenario.ts'
import { applies, totalNamed } from '../../explain/totals.ts'
import type { Workload } from '../../types.ts'
import type { Design } from '../../vary/variation.ts'
import { completeWorkload, under } from '../../workload.ts'
import { sumsOf, type Sums } from './total-sums.ts'

export interface ScenarioMeasure {
  of: 'scenario'
  /** What it is a quantity of, and the settings of it that it says itself. */
  scenario: string
  says: readonly string[]
  /** Of every block, so that a design that cannot be built is known before it is asked. */
  columns: Sums['columns']
  /** The totals that it may ask for, by the scenario's names for them. */
  totals: readonly (Sums & { name: string })[]
  /**
   * @param totals their values, which cost more to explain than all the rest
   * @throws ArchcostError where the scenario does not fit the design
   */
  read: (design: Design, totals: Readonly<Record<string, number>>) => number
}

export function scenarioMeasure(
  architecture: Architecture,
  text: string,
  quantity: string,
  condition: Condition,
): ScenarioMeasure & { name: string; label: string; unit: string } {
  const scenario = scenarioOf(quantity)!
  const choices = ({ scenarios = {} }: Pick<Design, 'scenarios'>): Choices =>
    chooseAlso({ set: scenarios[scenario.name] ?? {} }, condition)
  const workloadOf = (model: Model, given: Partial<Workload>): Workload =>
    completeWorkload(model, under(given, condition.workload))
  const model = prepare(architecture)
  // Explained once, so that what is wrong with the quantity itself is told.
  const { label, unit, value } = explainScenario(
    scenario,
    quantity,
    model,
    workloadOf(model, {}),
    choices({}),
  )
  if (typeof value !== 'number')
    throw new ArchcostError('invalid_workload', 'is no single number; explain opens it', text)
  const names = Object.values(scenario.from).flatMap((each) => each.flatMap(distinctNames))
  return {
    name: text.trim(),
    label,
    unit,
    of: 'scenario',
    scenario: scenario.name,
    says: Object.keys(condition.others),
    columns: sumsOf(totalNamed('params.total')!, {}).columns,
    totals: [...new Set(names)].flatMap((name) => totalOf(name, model, condition.workload)),
    read(design, known) {
      const own = prepareChecked(design.architecture)
      const chosen = { ...choices(design), totals: known }
      const values = scenarioValues(scenario.name, own, workloadOf(own, design.workload), chosen)
      return values[quantity.slice(scenario.name.length + 1)] as number
    },
  }
}

/** The total of a name, if it is one. */
function totalOf(name: string, model: Model, at: Partial<Workload>): (Sums & { name: string })[] {
  const is_one = name.startsWith(ofOneSequence)
  const total = totalNamed(is_one ? name.slice(ofOneSequence.length) : name)
  if (!total || !applies(total, model.architecture)) return []
  return [{ name, ...sumsOf(total, is_one ? { ...at, batch: 1 } : at) }]
}
