/** What a model costs: one number for every total. */
import { bytesByRole } from '../architecture/formats.ts'
import type { Model } from '../architecture/model.ts'
import { costOf, passOf, totalParams, type Sums } from '../formulas/index.ts'
import {
  addModel,
  addPass,
  addStep,
  beginsSequence,
  decodePass,
  encodedPositions,
  leaveOutSetup,
  multiplyByBatch,
  noSums,
  prefillPass,
} from './sums.ts'
import type { Cost, Workload } from './types.ts'
import { completeWorkload } from './workload.ts'

/**
 * Evaluates a model under a workload. FLOPs and bytes are for the whole batch; equations and totals stand in formulas/.
 * @param model from `prepare`
 * @param given what differs from the default workload
 * @throws ArchcostError `invalid_workload`
 */
export function evaluate(model: Model, given?: Partial<Workload>): Cost {
  const workload = completeWorkload(model, given)
  const positions = encodedPositions(model, workload)
  const { stored, by_layer } = countParams(model)
  return costOf(
    stored,
    sumPrefill(model, workload, positions),
    model.has_steps ? sumStep(model, workload, positions) : null,
    bytesByRole(workload.weights),
    by_layer,
  )
}

/** The encoder's pass and the decoder's. */
function sumPrefill({ encoder, decoder }: Model, workload: Workload, positions: number): Sums {
  const sums = noSums()
  const { context, source, batch } = workload
  const begins = beginsSequence(workload)
  if (encoder && begins) addPass(encoder, passOf(workload, positions, 0, source ?? context), sums)
  if (decoder) addPass(decoder, prefillPass(workload, positions), sums)
  if (!begins) leaveOutSetup(sums)
  multiplyByBatch(sums, batch)
  return sums
}

/** The step that sees `context` tokens, and what is held after it. */
function sumStep({ decoder }: Model, workload: Workload, positions: number): Sums {
  const sums = noSums()
  const step = decodePass(workload, positions)
  addPass(decoder!, step, sums)
  addStep(decoder!, step, sums)
  multiplyByBatch(sums, workload.batch)
  return sums
}

/** Parameters that are stored, in all and by layer. */
function countParams(model: Model): { stored: Sums; by_layer: number[] } {
  const stored = noSums()
  const by_layer: number[] = []
  for (const { input, groups, output, n_layers } of model.stacks) {
    addModel(input, 1, stored)
    const start = by_layer.length
    for (let layer = 0; layer < n_layers; layer++) by_layer.push(0)
    for (const { blocks, layers, routed } of groups) {
      const before = totalParams(stored)
      addModel(blocks, layers.length, stored)
      if (routed) addModel([routed.router], layers.length, stored)
      const one = (totalParams(stored) - before) / layers.length
      for (const layer of layers) by_layer[start + layer] = one
    }
    addModel(output, 1, stored)
  }
  return { stored, by_layer }
}
