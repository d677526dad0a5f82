/** Where a cost comes from: a row per block and group of equal layers, with every total that the whole model has. */
import { bytesByRole } from '../architecture/formats.ts'
import type { Model } from '../architecture/model.ts'
import { costOf } from '../formulas/index.ts'
import { passAt, placements, type Placement } from './placements.ts'
import { beginsSequence, leaveOutSetup, multiplyByBatch, noSums } from './sums.ts'
import type { BreakdownRow, Workload } from './types.ts'
import { completeWorkload } from './workload.ts'

/** The rows of a model in the order of the document; their sums are the totals of `evaluate`. */
export function breakdown(model: Model, given?: Partial<Workload>): BreakdownRow[] {
  const workload = completeWorkload(model, given)
  return placements(model).map((placement) => rowOf(placement, model, workload))
}

function rowOf(placement: Placement, model: Model, workload: Workload): BreakdownRow {
  const { block, stack, group, layers } = placement
  const { address, sublayer, formulas, settings, stored_elsewhere } = block
  const [stored, pass, step] = [noSums(), noSums(), noSums()]
  if (!stored_elsewhere) formulas.addModel(settings, layers, stored)
  const begins = beginsSequence(workload)
  if (begins || stack.role === 'decoder')
    formulas.addPass(settings, passAt(placement, 'prefill', model, workload), layers, pass)
  if (!begins) leaveOutSetup(pass)
  if (stack.role === 'decoder') {
    const decode = passAt(placement, 'decode', model, workload)
    formulas.addPass(settings, decode, layers, step)
    formulas.addStep(settings, decode, layers, step)
  }
  for (const sums of [pass, step]) multiplyByBatch(sums, workload.batch)
  return {
    address,
    stack: stack.role,
    group: group === undefined ? null : stack.groups.indexOf(group),
    sublayer,
    block: formulas.name,
    layers,
    cost: costOf(stored, pass, model.has_steps ? step : null, bytesByRole(workload.weights), []),
  }
}
