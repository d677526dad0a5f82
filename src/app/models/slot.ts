/** Makes the models of the page from documents and changes; the last sound one stays when a change is not. */
import { ArchcostError } from '../../architecture/errors.ts'
import { prepareChecked } from '../../architecture/prepare.ts'
import type { Architecture, Model } from '../../engine/index.ts'
import { applyChanges, type Changes } from './changes.ts'
import { letters, type Letter } from './letters.ts'
import type { Origin } from './origin.ts'

/** What went wrong, in the engine's words, and the change that it is about. */
export interface Problem {
  message: string
  path: string | null
}

/** One of the models being looked at. */
export interface Slot {
  letter: Letter
  origin: Origin
  /** As published or imported, before any change made here. */
  document: Architecture
  changes: Changes
  /** Of the last changes that made a sound architecture; the results shown are its. */
  model: Model
  /** Why the present changes make none. */
  problem: Problem | null
}

/** The next letter that no model has; undefined where all are taken. */
export const freeLetter = (slots: readonly Slot[]): Letter | undefined =>
  letters.find((letter) => slots.every((slot) => slot.letter !== letter))

/** @param model of the document without changes */
export const slotOf = (letter: Letter, model: Model, origin: Origin): Slot => ({
  letter,
  origin,
  document: model.architecture,
  changes: {},
  model,
  problem: null,
})

/** The same model under another name. */
export const named = (slot: Slot, name: string): Slot => {
  const document = { ...slot.document, name }
  return { ...slot, document, model: { ...slot.model, architecture: document } }
}

/** @param prepare for changes that come from outside, one that checks the document as well */
export function withChanges(
  slot: Slot,
  changes: Changes,
  prepare: (document: Architecture) => Model = prepareChecked,
): Slot {
  const made = (some: Changes): Model | Problem => {
    try {
      return prepare(applyChanges(slot.document, some))
    } catch (error) {
      return problemOf(error)
    }
  }
  const model = made(changes)
  if (!isProblem(model)) return { ...slot, changes, model, problem: null }
  const path = blamed(model, changes, made)
  return { ...slot, changes, problem: { ...model, path } }
}

const isProblem = (made: Model | Problem): made is Problem => 'message' in made

/** As many changes as are tried: links may hold any number. */
const tried = 16

/** A setting may fail by another that it follows from: what is to be mended is the last change without which it would not. */
function blamed(
  { message, path }: Problem,
  changes: Changes,
  made: (some: Changes) => Model | Problem,
): string | null {
  if (path !== null && path in changes) return path
  const guilty = Object.keys(changes)
    .slice(-tried)
    .findLast((address) => {
      const { [address]: _, ...others } = changes
      const without = made(others)
      return !isProblem(without) || without.message !== message
    })
  return guilty ?? path
}

function problemOf(error: unknown): Problem {
  if (error instanceof ArchcostError) return { message: error.message, path: error.path ?? null }
  return { message: error instanceof Error ? error.message : String(error), path: null }
}
