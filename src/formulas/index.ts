/** The compiled formulas of all blocks, and the contract they answer. */
export { blocks } from './generated/blocks.ts'
export {
  classes,
  perSequence,
  questions,
  readCacheBytes,
  readFlops,
  readParams,
  slot,
  totalCacheBytes,
  totalFlops,
  totalParams,
  totalSetupFlops,
} from './generated/contract.ts'
export { complete, passOf, workloadKeys, type Workload } from './generated/workload.ts'
export { most, size } from './workload-values.ts'
export { non_embedding, read_bytes, without_embedding } from './generated/functions.ts'
export { didYouMean, nearest } from './nearest.ts'
export { documentKeys } from './names.ts'
export { show } from './show.ts'
export type { Expression } from './expression.ts'
export type {
  BlockFormulas,
  Formats,
  Given,
  Names,
  Pass,
  SettingMeta,
  Settings,
  Sums,
  Trait,
  Value,
  WorkloadKeyMeta,
} from './runtime.ts'
