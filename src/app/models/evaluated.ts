/** What follows from the models and the workload: one result for each model, all at the same context. */
import { ArchcostError } from '../../architecture/errors.ts'
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
  /** Why images and sound are left out, where the model cannot be given them. */
  refused: string | null
}

/** @param known results of the same workload, which are kept where nothing about them is another */
export function evaluated(
  slots: readonly Slot[],
  chosen: Partial<Workload>,
  known: readonly Evaluated[] = [],
): Evaluated[] {
  const context = commonContext(slots, chosen)
  return slots.map(({ letter, model, problem }) => {
    const same = known.find((each) => each.letter === letter && each.model === model)
    if (same?.workload.context === context && same.stale === (problem !== null)) return same
    const { workload, refused } = given(model, atContext(chosen, context))
    return {
      letter,
      name: model.architecture.name,
      model,
      workload,
      cost: evaluate(model, workload),
      stale: problem !== null,
      refused,
    }
  })
}

interface Asked {
  slots: readonly Slot[]
  workload: Partial<Workload>
}

/** The results after a change: those of a model that it does not concern are the ones from before. */
export function evaluatedAgain(
  results: readonly Evaluated[],
  before: Asked,
  { slots, workload }: Asked,
): readonly Evaluated[] {
  const isSame = before.workload === workload
  if (isSame && before.slots === slots) return results
  return evaluated(slots, workload, isSame ? results : [])
}

/** Whether a model takes images and sound, and has room for them, is known only when it is asked. */
function given(model: Model, chosen: Partial<Workload>): Pick<Evaluated, 'workload' | 'refused'> {
  try {
    return { workload: completeWorkload(model, chosen), refused: null }
  } catch (error) {
    if (!(error instanceof ArchcostError)) throw error
    return { workload: completeWorkload(model, ofText(chosen)), refused: error.message }
  }
}

const ofText = ({ images: _, audio_seconds: __, ...text }: Partial<Workload>): Partial<Workload> =>
  text

/** Left to itself the context is one that every model reaches: unequal ones would not compare. */
export function commonContext(slots: readonly Slot[], chosen: Partial<Workload>): number {
  return (
    chosen.context ??
    Math.min(
      ...slots.map(
        ({ model }) => completeWorkload(model, { ...ofText(chosen), cached: 0 }).context,
      ),
    )
  )
}
