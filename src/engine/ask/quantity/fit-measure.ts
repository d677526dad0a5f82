/** What fits of a design on its deployment: `fit.max_batch`, `fit.per_rank.weights`. */
import { checkDeployment } from '../../../architecture/deployment.ts'
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Model } from '../../../architecture/model.ts'
import { prepareChecked } from '../../../architecture/prepare.ts'
import { didYouMean } from '../../../formulas/index.ts'
import type { Condition } from '../../condition.ts'
import { fitTotals } from '../../deploy/fit-totals.ts'
import { openFit } from '../../deploy/open-fit.ts'
import { under } from '../../workload.ts'
import type { Measure } from './measure.ts'
import { ofEveryBlock } from './total-sums.ts'

export const isOfFit = (name: string): boolean => name.startsWith('fit.')

/** @throws ArchcostError where there is no such quantity */
export function fitMeasure(text: string, name: string, { workload }: Condition): Measure {
  const names = fitTotals.map((each) => each.name)
  const total = fitTotals.find((each) => each.name === name)
  if (!total)
    throw new ArchcostError(
      'invalid_workload',
      `is nothing that fit tells${didYouMean(name, names) || `; it tells ${names.join(', ')}`}`,
      text,
    )
  // One model where the workload alone varies.
  let model: Model | null = null
  return {
    name: text,
    label: total.label,
    unit: total.unit,
    of: 'scenario',
    scenario: 'fit',
    says: [],
    columns: ofEveryBlock(),
    read(_sums, varied, values) {
      const { architecture, workload: given, deployment = {}, device } = varied.designAt(values)
      if (model?.architecture !== architecture) model = prepareChecked(architecture)
      const said = checkDeployment(deployment)
      const value = total.read(openFit(model, said, under(given, workload), device))
      if (value !== null) return value
      throw new ArchcostError('invalid_workload', `has no limit for ${architecture.name}`, text)
    },
  }
}
