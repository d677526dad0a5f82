/**
 * A design as one term, for documents whose blocks depend on each other: two stacks, towers at work, or blocks that share what
 * they store.
 */
import { bytesOfWeights } from '../../weight-bytes.ts'
import { prepare } from '../../../architecture/check.ts'
import type { Model } from '../../../architecture/model.ts'
import { passOf, type Sums } from '../../../formulas/index.ts'
import { decoderPrefill, encodedPositions } from '../../encoded.ts'
import { placements, towerPlacements } from '../../placements.ts'
import {
  addModel,
  addPass,
  addStep,
  beginsSequence,
  decodePass,
  leaveOutSetup,
  noSums,
} from '../../sums.ts'
import { addRuns, towerRuns } from '../../towers.ts'
import type { Workload } from '../../types.ts'
import type { Variation } from '../../vary/variation.ts'
import type { SumColumn } from '../quantity/measures.ts'
import { readSum, valueIn, type Asked, type BlockColumn } from './columns.ts'
import { remembered, type Term } from './term.ts'

export function wholeTerms(
  variation: Variation,
  sums: readonly Asked<SumColumn>[],
  values: readonly Asked<BlockColumn>[],
): Term[] {
  const all = [...variation.settings.keys()]
  const inDocument = all.filter((index) => variation.settings[index]!.place.of !== 'workload')
  const modelAt = remembered(inDocument, (chosen) =>
    prepare(variation.designAt(chosen).architecture),
  )
  const once = { times: () => 1, times_depend: [] }
  const ofBlocks = values.map(({ places, columns }): Term => ({
    ...once,
    columns: places,
    is_of_block: true,
    depends: inDocument,
    answers(chosen) {
      const blocks = placements(modelAt(chosen)).map(({ block }) => block)
      return columns.map((column) => valueIn(blocks, column))
    },
  }))
  const summed = sums.map(({ places, columns }): Term => {
    const { occasion, at, over, weighed } = columns[0]!
    return {
      ...once,
      columns: places,
      depends: occasion === 'model' && !weighed ? inDocument : all,
      answers(chosen) {
        const to = noSums()
        if (occasion === 'model') addAll(modelAt(chosen), over, to)
        else addRun(modelAt(chosen), variation.workloadAt(chosen, at), occasion, over, to)
        const bytes = bytesOfWeights(modelAt(chosen), variation.workloadAt(chosen, at).weights)
        return columns.map((column) => readSum(to, column, bytes))
      },
    }
  })
  return [...ofBlocks, ...summed]
}

function addAll(model: Model, over: SumColumn['over'], to: Sums): void {
  const ofTowers = towerPlacements(model).filter(
    ({ stack }) => over === 'whole' || over === stack.role,
  )
  const own = over === undefined || over === 'whole' ? placements(model) : []
  for (const { block, layers } of [...own, ...ofTowers]) addModel([block], layers, to)
}

function addRun(
  model: Model,
  workload: Workload,
  occasion: 'prefill' | 'decode',
  over: SumColumn['over'],
  to: Sums,
): void {
  if (occasion === 'prefill' && beginsSequence(workload)) addRuns(towerRuns(model, workload), to)
  if (over === 'towers') return
  const positions = encodedPositions(model, workload)
  const { encoder, decoder } = model
  if (occasion === 'prefill') {
    const begins = beginsSequence(workload)
    if (encoder && begins)
      addPass(encoder, passOf(workload, positions, 0, workload.source ?? workload.context), to)
    if (decoder) addPass(decoder, decoderPrefill(model, workload, positions), to)
    if (!begins) leaveOutSetup(to)
    return
  }
  const step = decodePass(workload, positions)
  addPass(decoder!, step, to)
  addStep(decoder!, step, to)
}
