/** Makes the models of the page from documents and changes; the last sound one stays when a change is not. */
import { ArchcostError } from '../../architecture/errors.ts'
import { prepareChecked } from '../../architecture/prepare.ts'
import type { Architecture, Model } from '../../engine/index.ts'
import type { Letter, Problem, Slot } from '../state/session.ts'
import { applyChanges, type Changes } from './changes.ts'
import type { Origin } from './origin.ts'

/** @param model of the document without changes */
export const slotOf = (letter: Letter, model: Model, origin: Origin): Slot => ({
  letter,
  origin,
  document: model.architecture,
  changes: {},
  model,
  problem: null,
})

/** @param prepare for changes that come from outside, one that checks the document as well */
export function withChanges(
  slot: Slot,
  changes: Changes,
  prepare: (document: Architecture) => Model = prepareChecked,
): Slot {
  try {
    const model = prepare(applyChanges(slot.document, changes))
    return { ...slot, changes, model, problem: null }
  } catch (error) {
    return { ...slot, changes, problem: problemOf(error) }
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ArchcostError) return { message: error.message, path: error.path ?? null }
  return { message: error instanceof Error ? error.message : String(error), path: null }
}
