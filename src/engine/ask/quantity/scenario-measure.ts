/** A scenario's quantity, of the design as a whole: it may ask for anything that a model says. */
import { prepare } from '../../../architecture/check.ts'
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Model } from '../../../architecture/model.ts'
import { prepareChecked } from '../../../architecture/prepare.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import { distinctNames } from '../../../formulas/explanations.ts'
import type { Condition } from '../../condition.ts'
import { ofOneSequence } from '../../explain/reference.ts'
import { chooseAlso, explainScenario, scenarioOf } from '../../explain/scenario.ts'
import { applies, totalNamed } from '../../explain/totals.ts'
import type { Derivation, Workload } from '../../types.ts'
import type { Design } from '../../vary/variation.ts'
import { completeWorkload } from '../../workload.ts'
import { sumsOf, type Sums, type SumColumn } from './total-sums.ts'

export interface ScenarioMeasure {
  of: 'scenario'
  /** What it is a quantity of, and the settings of it that it says itself. */
  scenario: string
  says: readonly string[]
  /** Of every block, so that a design that cannot be built is known before it is asked. */
  columns: readonly SumColumn[]
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
  const open = (
    model: Model,
    design: Pick<Design, 'workload' | 'scenarios'>,
    totals: Readonly<Record<string, number>> = {},
  ): Derivation => {
    const workload = completeWorkload(model, { ...design.workload, ...condition.workload })
    const chosen = chooseAlso({ set: design.scenarios?.[scenario.name] ?? {} }, condition)
    return explainScenario(scenario, quantity, model, workload, { ...chosen, totals })
  }
  const model = prepare(architecture)
  const { label, unit, value } = open(model, { workload: {} })
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
    read: (design, totals) =>
      open(prepareChecked(design.architecture), design, totals).value as number,
  }
}

/** The total of a name, if it is one. */
function totalOf(name: string, model: Model, at: Partial<Workload>): (Sums & { name: string })[] {
  const is_one = name.startsWith(ofOneSequence)
  const total = totalNamed(is_one ? name.slice(ofOneSequence.length) : name)
  if (!total || !applies(total, model)) return []
  return [{ name, ...sumsOf(total, is_one ? { ...at, batch: 1 } : at) }]
}
