/** Compares models with a baseline: values, differences, ratios. */
import type { Deployment } from '../../../architecture/deployment.ts'
import type { Model } from '../../../architecture/model.ts'
import { evaluate } from '../../evaluate.ts'
import type { Device } from '../../hardware.ts'
import type { Cost, Workload } from '../../types.ts'
import { asker, family } from '../family/family.ts'
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { readCost, type Measure } from '../quantity/measures.ts'

export interface Compared {
  model: Model
  workload: Partial<Workload>
  deployment?: Deployment | undefined
  device?: Device | undefined
}

export interface ComparedQuantity {
  quantity: string
  label: string
  unit: string
  /** Null where a model has no such quantity, as a cache in an encoder. */
  values: readonly (number | null)[]
  /** Less that of the first. */
  differences: readonly (number | null)[]
  /** Over that of the first. */
  ratios: readonly (number | null)[]
}

/** @throws ArchcostError where no model has such a quantity */
export function compare(
  models: readonly Compared[],
  quantities: readonly string[],
): ComparedQuantity[] {
  if (models.length === 0) return []
  const costs = models.map(({ model, workload }) => evaluate(model, workload))
  return quantities.map((quantity) => {
    const asked = models.map((model, place) =>
      attempt(() => askOne(model, costs[place]!, quantity)),
    )
    const some = asked.find((each) => !(each instanceof ArchcostError)) ?? asked[0]!
    if (some instanceof ArchcostError) throw some
    const values = asked.map((each) => (each instanceof ArchcostError ? null : each.value))
    const [base = null] = values
    const against = (of: (value: number, first: number) => number): (number | null)[] =>
      values.map((value) => (value === null || base === null ? null : of(value, base)))
    return {
      quantity,
      label: some.measure.label,
      unit: some.measure.unit,
      values,
      differences: against((value, first) => value - first),
      ratios: against((value, first) => value / first),
    }
  })
}

/** The cost itself where it has the quantity: its numbers are the ones that stand elsewhere. */
function askOne(
  { model, ...others }: Compared,
  cost: Cost,
  quantity: string,
): { measure: Measure; value: number | null } {
  const varied = family({ architecture: model.architecture, ...others }, [], [quantity])
  const answers = asker(varied)([])
  const answer = answers instanceof ArchcostError ? null : answers[0]!
  return { measure: varied.measures[0]!, value: readCost(cost, quantity) ?? answer }
}
