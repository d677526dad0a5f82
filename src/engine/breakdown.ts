/** Where a cost comes from: a row per block, over all the layers that hold it. */
import type { Model, PlacedBlock, PreparedStack } from '../architecture/model.ts'
import {
  slot,
  totalCacheBytes,
  totalFlops,
  totalParams,
  totalSetupFlops,
  type Pass,
  type Sums,
} from '../formulas/index.ts'
import { encodedPositions, multiplyByBatch, noSums, passOf, routedPass } from './sums.ts'
import type { BreakdownRow, Workload } from './types.ts'
import { completeWorkload } from './workload.ts'

/** The rows of a model in the order of the document; their sums are the totals of `evaluate`. */
export function breakdown(model: Model, given?: Partial<Workload>): BreakdownRow[] {
  const workload = completeWorkload(model, given)
  const positions = encodedPositions(model, workload)
  const rows = new Map<string, BreakdownRow>()
  for (const stack of model.stacks) {
    const encodes = stack.role === 'encoder'
    const source = encodes ? (workload.source ?? workload.context) : positions
    const prefill = passOf(workload, encodes ? positions : workload.context, 0, source)
    const decode = encodes ? undefined : passOf(workload, 1, workload.context - 1, source)
    for (const placed of placements(stack)) {
      const narrow = (pass: Pass): Pass =>
        placed.capacity === undefined ? pass : routedPass(pass, placed.capacity)
      const row = rowOf(
        placed.block,
        placed.layers,
        stack,
        narrow(prefill),
        decode && narrow(decode),
      )
      const sum = rows.get(row.address)
      rows.set(row.address, sum ? add(sum, row) : row)
    }
  }
  return [...rows.values()]
}

interface Placement {
  block: PlacedBlock
  layers: number
  capacity: number | undefined
}

function placements({ input, groups, output }: PreparedStack): Placement[] {
  const once = (block: PlacedBlock): Placement => ({ block, layers: 1, capacity: undefined })
  const inLayers = groups.flatMap(({ blocks, layers, routed }) => [
    ...blocks.map((block) => ({ block, layers: layers.length, capacity: routed?.capacity })),
    ...(routed ? [{ block: routed.router, layers: layers.length, capacity: undefined }] : []),
  ])
  return [...input.map(once), ...inLayers, ...output.map(once)]
}

function rowOf(
  block: PlacedBlock,
  layers: number,
  stack: PreparedStack,
  prefill: Pass,
  decode: Pass | undefined,
): BreakdownRow {
  const { address, sublayer, formulas, settings, stored_elsewhere } = block
  const sums = (add: (to: Sums) => void): Sums => {
    const to = noSums()
    add(to)
    multiplyByBatch(to, prefill.batch)
    return to
  }
  const pass = sums((to) => {
    if (!stored_elsewhere) formulas.addModel(settings, layers, to)
    formulas.addPass(settings, prefill, layers, to)
  })
  const step = sums((to) => {
    if (!decode) return
    formulas.addPass(settings, decode, layers, to)
    formulas.addStep(settings, decode, layers, to)
  })
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
    weight_read_bytes: step[slot.weight_read_bytes]!,
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
