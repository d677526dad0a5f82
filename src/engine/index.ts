/** The engine: pure functions from an architecture and a workload to what they cost. `explanations.ts` holds what opens the numbers. */
export { ArchcostError, type ErrorCode } from '../architecture/errors.ts'
export type { LayerGroup, Model, PlacedBlock, PreparedStack } from '../architecture/model.ts'
export { checkDocument, prepare } from '../architecture/check.ts'
export { withExtra } from '../architecture/extra.ts'
export { prepareChecked } from '../architecture/prepare.ts'
export type {
  Architecture,
  BlockUse,
  Exception,
  ExtraModule,
  LayerPick,
  Norm,
  Stack,
  Sublayer,
} from '../architecture/schema.ts'
export { breakdown } from './breakdown.ts'
export { evaluate } from './evaluate.ts'
export { extraParams } from './extra-modules.ts'
export type * from './types.ts'
export { workloadKeys, type WorkloadKeyMeta } from '../formulas/index.ts'
export { atContext, completeWorkload } from './workload.ts'
