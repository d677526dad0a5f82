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
import type { Measure } from './measure.ts'
import { ofEveryBlock, sumsOf, type Sums } from './total-sums.ts'

export function scenarioMeasure(
  architecture: Architecture,
  text: string,
  quantity: string,
  condition: Condition,
): Measure {
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
  const columns = [...ofEveryBlock()]
  // Totals that it may ask for are added up, since to explain them costs more than all the rest.
  const totals = [...new Set(names)].flatMap((asked) => {
    const sums = totalOf(asked, model, condition.workload)
    if (!sums) return []
    const first = columns.push(...sums.columns) - sums.columns.length
    return [{ asked, read: (values: readonly number[]) => sums.read(values, first) }]
  })
  return {
    name: text.trim(),
    label,
    unit,
    of: 'scenario',
    scenario: scenario.name,
    says: Object.keys(condition.others),
    columns,
    read(values, design) {
      const { architecture: changed, workload, ...others } = design()
      const own = prepareChecked(changed)
      const known = Object.fromEntries(totals.map(({ asked, read }) => [asked, read(values)]))
      const chosen = { ...choices(others), totals: known }
      const all = scenarioValues(scenario.name, own, workloadOf(own, workload), chosen)
      return all[quantity.slice(scenario.name.length + 1)] as number
    },
  }
}

/** The total of a name, if it is one. */
function totalOf(name: string, model: Model, at: Partial<Workload>): Sums | null {
  const is_one = name.startsWith(ofOneSequence)
  const total = totalNamed(is_one ? name.slice(ofOneSequence.length) : name)
  if (!total || !applies(total, model.architecture)) return null
  return sumsOf(total, is_one ? { ...at, batch: 1 } : at)
}
