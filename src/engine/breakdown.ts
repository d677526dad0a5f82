/** Where a cost comes from: a row per block, over all the layers that hold it. */
import type { Model } from '../architecture/model.ts'
import {
  slot,
  totalCacheBytes,
  totalFlops,
  totalParams,
  totalSetupFlops,
} from '../formulas/index.ts'
import { passAt, placements, type Placement } from './placements.ts'
import { beginsSequence, leaveOutSetup, multiplyByBatch, noSums, readBytes } from './sums.ts'
import type { BreakdownRow, Workload } from './types.ts'
import { completeWorkload } from './workload.ts'

/** The rows of a model in the order of the document; their sums are the totals of `evaluate`. */
export function breakdown(model: Model, given?: Partial<Workload>): BreakdownRow[] {
  const workload = completeWorkload(model, given)
  const rows = new Map<string, BreakdownRow>()
  for (const placement of placements(model)) {
    const row = rowOf(placement, model, workload)
    const sum = rows.get(row.address)
    rows.set(row.address, sum ? add(sum, row) : row)
  }
  return [...rows.values()]
}

function rowOf(placement: Placement, model: Model, workload: Workload): BreakdownRow {
  const { block, stack, layers } = placement
  const { address, sublayer, formulas, settings, stored_elsewhere } = block
  const [pass, step] = [noSums(), noSums()]
  if (!stored_elsewhere) formulas.addModel(settings, layers, pass)
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
    sublayer,
    block: formulas.name,
    layers,
    params: totalParams(pass),
    active_params: pass[slot.active_params]!,
    prefill_flops: totalFlops(pass) + totalSetupFlops(pass),
    decode_flops: totalFlops(step),
    cache_bytes: totalCacheBytes(step),
    weight_read_bytes: readBytes(step, workload.weights),
  }
}

/** The same block in layers that another group holds, as where it is shared. */
const add = (a: BreakdownRow, b: BreakdownRow): BreakdownRow => ({
  ...a,
  layers: a.layers + b.layers,
  params: a.params + b.params,
  active_params: a.active_params + b.active_params,
  prefill_flops: a.prefill_flops + b.prefill_flops,
  decode_flops: a.decode_flops + b.decode_flops,
  cache_bytes: a.cache_bytes + b.cache_bytes,
  weight_read_bytes: a.weight_read_bytes + b.weight_read_bytes,
})
