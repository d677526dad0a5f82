/** Undo and redo around the state. What only moves the view (tabs, panels, pages) is not a step; each key of the session says whether it does. */
import { act, type Action } from './actions.ts'
import { entries, valueOf } from './record.ts'
import type { Session } from './session.ts'

export interface History {
  past: readonly Session[]
  present: Session
  future: readonly Session[]
  /** The setting that the last step changed: dragging a slider is one step, not a hundred. */
  touched: string | null
}

export type HistoryAction = Action | { kind: 'undo' } | { kind: 'redo' }

const depth = 100

export const historyOf = (present: Session): History => ({
  past: [],
  present,
  future: [],
  touched: null,
})

export function step(history: History, action: HistoryAction): History {
  const { past, present, future } = history
  switch (action.kind) {
    case 'undo': {
      const last = past.at(-1)
      if (last === undefined) return history
      return {
        past: past.slice(0, -1),
        present: seenAs(present, last),
        future: [present, ...future],
        touched: null,
      }
    }
    case 'redo': {
      const [next, ...rest] = future
      if (next === undefined) return history
      return {
        past: [...past, present],
        present: seenAs(present, next),
        future: rest,
        touched: null,
      }
    }
    case 'load':
      return historyOf(action.session)
    default: {
      const next = act(present, action)
      if (!isStep(present, next)) return { ...history, present: next }
      const touched = touchedBy(action)
      const same = touched !== null && touched === history.touched
      return {
        past: same ? past : [...past.slice(1 - depth), present],
        present: next,
        future: [],
        touched,
      }
    }
  }
}

/** What was looked at since stays in view; the model and the page go back to where the change was made. */
const seenAs = (
  { chart, atlas, budget, bytes, holder, together }: Session,
  then: Session,
): Session => ({ ...then, chart, atlas, budget, bytes, holder, together })

const steps = entries.filter(({ key }) => key.step)

const isStep = (before: Session, after: Session): boolean =>
  before.slots !== after.slots ||
  steps.some((entry) => valueOf(before, entry) !== valueOf(after, entry))

function touchedBy(action: Action): string | null {
  if (action.kind === 'change') return `${action.letter}.${action.address}`
  if (action.kind === 'proportion') return `proportion ${Object.keys(action.changes).join()}`
  if (action.kind === 'workload' || action.kind === 'machine')
    return `${action.kind} ${Object.keys(action.set).join()}`
  return null
}
