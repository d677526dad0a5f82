/**
 * A design as one term, for documents whose blocks depend on each other: two stacks, towers at work, or blocks that share what
 * they store.
 */
import { prepare } from '../../../architecture/check.ts'
import type { Model } from '../../../architecture/model.ts'
import { addModel, noSums } from '../../../architecture/stored.ts'
import type { Sums } from '../../../formulas/index.ts'
import { sumPrefill, sumStep, sumTowers } from '../../evaluate.ts'
import { placements, towerPlacements } from '../../placements.ts'
import type { Workload } from '../../types.ts'
import type { Variation } from '../../vary/variation.ts'
import { bytesOfWeights } from '../../../architecture/weight-bytes.ts'
import type { SettingColumn, SumColumn } from '../quantity/measure.ts'
import { readSum, sequencesOf, valueIn, type Asked } from './columns.ts'
import { remembered, type Term } from './term.ts'

export function wholeTerms(
  variation: Variation,
  sums: readonly Asked<SumColumn>[],
  settings: Asked<SettingColumn>,
): Term[] {
  const all = [...variation.settings.keys()]
  const inDocument = all.filter((index) => variation.settings[index]!.place.of !== 'workload')
  const modelAt = remembered(inDocument, (chosen) =>
    prepare(variation.designAt(chosen).architecture),
  )
  const values: Term = {
    columns: settings.places,
    is_value: true,
    depends: inDocument,
    answers(chosen) {
      const blocks = placements(modelAt(chosen)).map(({ block }) => block)
      return settings.columns.map((column) => valueIn(blocks, column))
    },
    times: () => 1,
    times_depend: [],
  }
  const summed = sums.map(({ places, columns }): Term => {
    const first = columns[0]!
    const sequences = sequencesOf(variation, first)
    return {
      columns: places,
      depends: first.occasion === 'model' && !first.weighed ? inDocument : all,
      answers(chosen) {
        const [model, workload] = [modelAt(chosen), variation.workloadAt(chosen, first.at)]
        const of = sumsOver(model, workload, first)
        const bytes = bytesOfWeights(model, workload.weights)
        return columns.map((column) => readSum(of, column, bytes))
      },
      times: sequences.count,
      times_depend: sequences.depends,
    }
  })
  return settings.places.length === 0 ? summed : [values, ...summed]
}

/** Of one sequence. */
function sumsOver(model: Model, workload: Workload, { occasion, over }: SumColumn): Sums {
  if (occasion === 'decode') return sumStep(model, workload)
  if (occasion === 'prefill')
    return over === 'towers' ? sumTowers(model, workload) : sumPrefill(model, workload)
  const sums = noSums()
  const ofTowers = towerPlacements(model).filter(
    ({ stack }) => over === 'whole' || over === stack.role,
  )
  const own = over === undefined || over === 'whole' ? placements(model) : []
  for (const { block, layers } of [...own, ...ofTowers]) addModel([block], layers, sums)
  return sums
}
