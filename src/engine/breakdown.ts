/** Where a cost comes from: a row per block and group of equal layers, with every total that the whole model has. */
import type { Model } from '../architecture/model.ts'
import { noSums } from '../architecture/stored.ts'
import { costOf, costOfModel, towerRoles, type Stored, type Sums } from '../formulas/index.ts'
import { passAt, placements, towerPasses, towerPlacements, type Placement } from './placements.ts'
import { beginsSequence, leaveOutSetup, multiplyByBatch } from './sums.ts'
import type { BreakdownRow, Workload } from './types.ts'
import { bytesOfWeights } from '../architecture/weight-bytes.ts'
import { completeWorkload } from './workload.ts'

/** The rows of a model, towers first; the sums of each total are those of `evaluate`. */
export function breakdown(model: Model, given?: Partial<Workload>): BreakdownRow[] {
  const workload = completeWorkload(model, given)
  const bytes = bytesOfWeights(model, workload.weights)
  return [...towerPlacements(model), ...placements(model)].map((placement) =>
    rowOf(placement, model, workload, bytes),
  )
}

function rowOf(
  placement: Placement,
  model: Model,
  workload: Workload,
  bytes: readonly number[],
): BreakdownRow {
  const { block, stack, group, layers } = placement
  const { address, sublayer, formulas, settings, stored_elsewhere } = block
  const [stored, pass, step] = [noSums(), noSums(), noSums()]
  if (!stored_elsewhere) formulas.addModel(settings, layers, stored)
  const isTower = 'feeds' in stack
  const begins = beginsSequence(workload)
  if (begins || stack.role === 'decoder') {
    const passes = isTower
      ? towerPasses(placement, model, workload)
      : [{ pass: passAt(placement, 'prefill', model, workload), pieces: 1 }]
    for (const { pass: each, pieces } of passes)
      formulas.addPass(settings, each, layers * pieces, pass)
  }
  if (!begins) leaveOutSetup(pass)
  if (stack.role === 'decoder') {
    const decode = passAt(placement, 'decode', model, workload)
    formulas.addPass(settings, decode, layers, step)
    formulas.addStep(settings, decode, layers, step)
  }
  const own = isTower ? noSums() : stored
  for (const sums of [pass, step]) multiplyByBatch(sums, workload.batch)
  return {
    address,
    stack: stack.role,
    group: group === undefined ? null : stack.groups.indexOf(group),
    sublayer,
    block: formulas.name,
    layers,
    cost: costOf(
      costOfModel(own, model.has_whole ? wholeOf(stored, stack.role) : null, []),
      own,
      pass,
      model.has_steps ? step : null,
      isTower ? pass : noSums(),
      bytes,
      workload,
    ),
  }
}

/** What a block adds to the whole model, and to the towers of its kind. */
function wholeOf(all: Sums, role: BreakdownRow['stack']): Stored {
  const others = Object.fromEntries(
    towerRoles.map((each) => [each, each === role ? all : noSums()]),
  )
  return { all, ...others } as Stored
}
