/** What a model costs: one number for every total. */
import type { Model } from '../architecture/model.ts'
import { noSums } from '../architecture/stored.ts'
import { costOf, passOf, type Sums } from '../formulas/index.ts'
import { decoderPrefill, encodedPositions } from './encoded.ts'
import {
  addPass,
  addStep,
  beginsSequence,
  decodePass,
  leaveOutSetup,
  multiplyByBatch,
} from './sums.ts'
import { addRuns, towerRuns } from './towers.ts'
import type { Cost, Workload } from './types.ts'
import { bytesOfWeights } from '../architecture/weight-bytes.ts'
import { completeWorkload } from './workload.ts'

/** What towers do where there are none. */
const nothing: Sums = noSums()

/**
 * Evaluates a model under a workload. FLOPs and bytes are for the whole batch; equations and totals stand in formulas/.
 * @param model from `prepare`
 * @param given what differs from the default workload
 * @throws ArchcostError `invalid_workload`
 */
export function evaluate(model: Model, given?: Partial<Workload>): Cost {
  const workload = completeWorkload(model, given)
  const positions = encodedPositions(model, workload)
  const ofBatch = (sums: Sums): Sums => {
    multiplyByBatch(sums, workload.batch)
    return sums
  }
  return costOf(
    model.cost,
    model.stored,
    ofBatch(sumPrefill(model, workload, positions)),
    model.has_steps ? ofBatch(sumStep(model, workload, positions)) : null,
    model.towers.length === 0 ? nothing : ofBatch(sumTowers(model, workload)),
    bytesOfWeights(model, workload.weights),
    workload,
  )
}

/** Of a sequence: images and sound through the towers, which is done where it begins. */
export function sumTowers(model: Model, workload: Workload): Sums {
  const sums = noSums()
  if (beginsSequence(workload)) addRuns(towerRuns(model, workload), sums)
  return sums
}

/** Of a sequence: the towers' passes, the encoder's and the decoder's. */
export function sumPrefill(
  model: Model,
  workload: Workload,
  positions = encodedPositions(model, workload),
): Sums {
  const sums = noSums()
  const { encoder, decoder } = model
  const { context, source } = workload
  const begins = beginsSequence(workload)
  if (begins) addRuns(towerRuns(model, workload), sums)
  if (encoder && begins) addPass(encoder, passOf(workload, positions, 0, source ?? context), sums)
  if (decoder) addPass(decoder, decoderPrefill(model, workload, positions), sums)
  if (!begins) leaveOutSetup(sums)
  return sums
}

/** Of a sequence: the step that sees `context` tokens, and what is held after it. */
export function sumStep(
  model: Model,
  workload: Workload,
  positions = encodedPositions(model, workload),
): Sums {
  const sums = noSums()
  addStep(model.decoder!, decodePass(workload, positions), sums)
  return sums
}
