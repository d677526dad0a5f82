/** The compiled formulas of all blocks, and the contract they answer. */
export { blocks } from './generated/blocks.ts'
export {
  classes,
  perSequence,
  readParams,
  slot,
  totalParams,
  towerRoles,
} from './generated/contract.ts'
export { questions, totalGroups, totals } from './generated/descriptions.ts'
export {
  calledByTotals,
  costOf,
  costOfModel,
  type Cost,
  type CostOfModel,
  type Stored,
} from './generated/totals.ts'
export { complete, noPiece, passOf, workloadKeys, type Workload } from './generated/workload.ts'
export { most, size } from './workload-values.ts'
export { didYouMean } from './nearest.ts'
export { documentKeys } from './document-keys.ts'
export { show } from './show.ts'
export type { Field, Mark, Occasion, Summed, Total } from './mechanism.ts'
export type { Expression } from './expression.ts'
export type {
  BlockFormulas,
  Formats,
  Given,
  Names,
  Pass,
  Told,
  Piece,
  SettingMeta,
  Settings,
  Sums,
  TowerRole,
  Trait,
  Value,
  WorkloadKeyMeta,
} from './runtime.ts'
