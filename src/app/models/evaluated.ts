/** What follows from the models and the workload: one result for each model, all at the same context. */
import { evaluate } from '../../engine/evaluate.ts'
import type { Cost, Model, Workload } from '../../engine/index.ts'
import { atContext, completeWorkload } from '../../engine/workload.ts'
import type { Letter } from './letters.ts'
import type { Slot } from './slot.ts'

export interface Evaluated {
  letter: Letter
  name: string
  model: Model
  workload: Workload
  cost: Cost
  /** The last sound result, while the present settings are not sound. */
  stale: boolean
}

export function evaluated(slots: readonly Slot[], chosen: Partial<Workload>): Evaluated[] {
  const context = commonContext(slots, chosen)
  return slots.map(({ letter, model, problem }) => {
    const workload = completeWorkload(model, atContext(chosen, context))
    return {
      letter,
      name: model.architecture.name,
      model,
      workload,
      cost: evaluate(model, workload),
      stale: problem !== null,
    }
  })
}

/** Left to itself the context is one that every model reaches: unequal ones would not compare. */
export function commonContext(slots: readonly Slot[], chosen: Partial<Workload>): number {
  return (
    chosen.context ??
    Math.min(...slots.map(({ model }) => completeWorkload(model, { ...chosen, cached: 0 }).context))
  )
}
