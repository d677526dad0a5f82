/** Conventions that numbers are counted by, in words. */
import { workloadKeys } from '../formulas/index.ts'
import type { Workload } from './types.ts'

export interface Convention {
  option: string
  words: string
}

/** Those of a workload that are said beside its numbers. */
export const conventionsSaid = (workload: Workload): Convention[] =>
  workloadKeys.flatMap(({ name, group, option, of = [] }) => {
    const value = String(workload[name as Exclude<keyof Workload, 'weights' | 'images'>])
    const words = of.find((each) => each.value === value)?.words
    return group === 'convention' && words !== undefined ? [{ option: option!, words }] : []
  })
