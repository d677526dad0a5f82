/** Gives components the state, what follows from it, and the way to act on it. */
import {
  createContext,
  use,
  useDeferredValue,
  useState,
  useSyncExternalStore,
  type Dispatch,
  type ReactNode,
} from 'react'
import { evaluated, evaluatedAgain, type Evaluated } from '../models/evaluated.ts'
import { DrawnFrom } from '../parts/boundary.tsx'
import { historyOf, step, type History, type HistoryAction } from './history.ts'
import { activeSlot, type Session } from './session.ts'

/** What happened, and what follows from it. */
interface State {
  history: History
  /** One for each model, in the order of letters. */
  results: readonly Evaluated[]
}

/** Keeps the state outside the tree: a step reaches those who watch it, and nobody looks through the page for them. */
interface Keeper {
  first: State
  now: () => State
  dispatch: Dispatch<HistoryAction>
  /** @returns stops watching */
  watch: (listener: () => void) => () => void
}

const KeeperContext = createContext<Keeper | null>(null)
const StateContext = createContext<State | null>(null)

export function Store({ session, children }: { session: Session; children: ReactNode }) {
  const [keeper] = useState(() => keeperOf(session))
  return (
    <KeeperContext value={keeper}>
      <Late>{children}</Late>
    </KeeperContext>
  )
}

function keeperOf(session: Session): Keeper {
  const first = { history: historyOf(session), results: evaluated(session.slots, session.workload) }
  let state: State = first
  const listeners = new Set<() => void>()
  return {
    first,
    now: () => state,
    dispatch: (action) => {
      const { history, results } = state
      const after = step(history, action)
      state = { history: after, results: evaluatedAgain(results, history.present, after.present) }
      for (const listener of listeners) listener()
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** All of the page stands in the store. */
const useKeeper = (): Keeper => use(KeeperContext)!

function useNow(): State {
  const { watch, now, first } = useKeeper()
  return useSyncExternalStore(watch, now, () => first)
}

/** Other results follow a moment after the setting that is dragged, with the state they are of. */
function Late({ children }: { children: ReactNode }) {
  const now = useNow()
  const late = useDeferredValue(now)
  const shown = late.results === now.results ? now : late
  return (
    <StateContext value={shown}>
      <DrawnFrom value={shown.history.present}>{children}</DrawnFrom>
    </StateContext>
  )
}

/** Around what is at once as every step of a drag leaves it: fields that are dragged or written in, and the numbers in front. */
export const Now = ({ children }: { children: ReactNode }) => (
  <StateContext value={useNow()}>{children}</StateContext>
)

const useHere = (): State => use(StateContext)!

export const useHistory = (): History => useHere().history
export const useSession = (): Session => useHistory().present
export const useDispatch = (): Dispatch<HistoryAction> => useKeeper().dispatch
export const useResults = (): readonly Evaluated[] => useHere().results

export function useActive(): Evaluated {
  const { letter } = activeSlot(useSession())
  return useResults().find((result) => result.letter === letter)!
}
