/** Makes the models of the page from documents and changes; the last sound one stays when a change is not. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Architecture } from '../../architecture/schema.ts'
import { prepare } from '../../engine/index.ts'
import type { Letter, Problem, Slot } from '../state/session.ts'
import { applyChanges, type Changes } from './changes.ts'
import type { Origin } from './origin.ts'

/** @throws ArchcostError where the document without changes is not an architecture */
export function slotOf(
  letter: Letter,
  document: Architecture,
  origin: Origin,
  changes: Changes = {},
): Slot {
  const slot: Slot = {
    letter,
    origin,
    document,
    changes: {},
    model: prepare(document),
    problem: null,
  }
  return Object.keys(changes).length === 0 ? slot : withChanges(slot, changes)
}

export function withChanges(slot: Slot, changes: Changes): Slot {
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

/** The document as it stands, changes and all, whether sound or not. */
export const documentOf = (slot: Slot): Architecture => applyChanges(slot.document, slot.changes)
