/** What a model costs: one number for every total. */
import type { Model, PreparedTower } from '../architecture/model.ts'
import {
  costOf,
  passOf,
  totalParams,
  towerRoles,
  type Stored,
  type Sums,
  type TowerRole,
} from '../formulas/index.ts'
import { decoderPrefill, encodedPositions } from './encoded.ts'
import {
  addModel,
  addPass,
  addStep,
  beginsSequence,
  decodePass,
  leaveOutSetup,
  multiplyByBatch,
  noSums,
} from './sums.ts'
import { addRuns, towerRuns } from './towers.ts'
import type { Cost, Workload } from './types.ts'
import { bytesOfWeights } from './weight-bytes.ts'
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
  const ofBatch = (sums: Sums): Sums => {
    multiplyByBatch(sums, workload.batch)
    return sums
  }
  return costOf(
    stored,
    ofBatch(sumPrefill(model, workload, positions)),
    model.has_steps ? ofBatch(sumStep(model, workload, positions)) : null,
    ofBatch(sumTowers(model, workload)),
    countWhole(model, stored),
    bytesOfWeights(model, workload.weights),
    workload,
    by_layer,
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
  const decoder = model.decoder!
  const sums = noSums()
  const step = decodePass(workload, positions)
  addPass(decoder, step, sums)
  addStep(decoder, step, sums)
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

/** Parameters of all stacks and of the towers of each kind; null without towers, and where some are not modelled. */
function countWhole({ towers, has_whole }: Model, stored: Sums): Stored | null {
  if (!has_whole) return null
  const all = stored.slice()
  const of = (role: TowerRole): Sums => {
    const sums = noSums()
    for (const tower of towers) if (tower.role === role) addTower(tower, sums)
    return sums
  }
  for (const tower of towers) addTower(tower, all)
  const by_role = Object.fromEntries(towerRoles.map((role) => [role, of(role)]))
  return { all, ...by_role } as Stored
}

function addTower({ input, groups, output }: PreparedTower, to: Sums): void {
  addModel(input, 1, to)
  for (const { blocks, layers } of groups) addModel(blocks, layers.length, to)
  addModel(output, 1, to)
}
