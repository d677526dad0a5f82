/** Holds the tensors of a checkpoint against the computed architecture, place by place, and explains what differs. */
import type { Model } from '../../engine/index.ts'
import { compute } from './computed.ts'
import { explainExtras, explainRows, type Explanation } from './explain.ts'
import { listRows, rowsOf, type Row } from './rows.ts'
import { sortTensors, weightsIn } from './sorted.ts'
import type { Packing, Tensor } from './tensor.ts'

export interface Verification {
  /** Values that are stored, each weight of a packed tensor as one. */
  stored: number
  /** Parameters by computation. */
  computed: number
  rows: Row[]
  explained: Explanation[]
  /** What is stored less what is computed and what is explained; 0 where every value is accounted for. */
  unexplained: number
  /** Every place has what it should have. */
  exact: boolean
}

/** @param packing how several weights are packed into one number, if they are */
export function verify(model: Model, tensors: readonly Tensor[], packing: Packing): Verification {
  const computed = compute(model)
  const sorted = sortTensors(tensors, packing, computed)
  const rows = rowsOf(sorted, computed)
  const explained = [...explainExtras(sorted, computed), ...explainRows(rows, computed)]
  const stored = weightsIn(sorted)
  const unexplained = explained.reduce((left, { values }) => left - values, stored - computed.total)
  const listed = listRows(rows)
  return {
    stored,
    computed: computed.total,
    rows: listed,
    explained,
    unexplained,
    exact: unexplained === 0 && listed.every((row) => row.computed === row.stored),
  }
}
