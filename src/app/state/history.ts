/** Undo and redo around the state. What only moves the view (tabs, panels, pages) is not a step. */
import { act, type Action } from './actions.ts'
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
        present: last,
        future: [present, ...future],
        touched: null,
      }
    }
    case 'redo': {
      const [next, ...rest] = future
      if (next === undefined) return history
      return { past: [...past, present], present: next, future: rest, touched: null }
    }
    case 'load':
      return historyOf(action.session)
    case 'activate':
    case 'baseline':
    case 'show':
    case 'budget':
    case 'chart':
    case 'open':
    case 'go':
    case 'ask':
      return { ...history, present: act(present, action) }
    case 'add':
    case 'replace':
    case 'remove':
    case 'duplicate':
    case 'change':
    case 'revert':
    case 'restore':
    case 'workload': {
      const touched = touchedBy(action)
      const same = touched !== null && touched === history.touched
      return {
        past: same ? past : [...past.slice(1 - depth), present],
        present: act(present, action),
        future: [],
        touched,
      }
    }
  }
}

function touchedBy(action: Action): string | null {
  if (action.kind === 'change') return `${action.letter}.${action.address}`
  if (action.kind === 'workload') return Object.keys(action.set).join()
  return null
}
