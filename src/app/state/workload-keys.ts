/** What may be chosen of the workload. */
import type { Workload } from '../../engine/index.ts'
import { workloadKeys as keysOfWorkload } from '../../formulas/index.ts'

/** The keys of the workload; bytes of every weight are said as formats. */
export const workloadKeys = keysOfWorkload
  .filter(({ instead_of }) => instead_of === undefined)
  .map(({ name }) => name) as Exclude<keyof Workload, 'bytes_per_weight'>[]
