/** Gives components the state, what follows from it, and the way to act on it. */
import {
  createContext,
  use,
  useDeferredValue,
  useMemo,
  useReducer,
  type Dispatch,
  type ReactNode,
} from 'react'
import { evaluated, type Evaluated } from '../models/evaluated.ts'
import { DrawnFrom } from '../parts/boundary.tsx'
import { historyOf, step, type History, type HistoryAction } from './history.ts'
import { activeSlot, type Session } from './session.ts'

/** What happened, and what follows from it. */
interface State {
  history: History
  /** One for each model, in the order of letters. */
  results: readonly Evaluated[]
}

const NowContext = createContext<State | null>(null)
/** Null where nothing is late, as around what is dragged itself. */
export const LateContext = createContext<State | null>(null)
const DispatchContext = createContext<Dispatch<HistoryAction>>(() => {})

export function Store({ session, children }: { session: Session; children: ReactNode }) {
  const [history, dispatch] = useReducer(step, session, historyOf)
  const { slots, workload } = history.present
  const results = useMemo(() => evaluated(slots, workload), [slots, workload])
  const state = { history, results }
  return (
    <DispatchContext value={dispatch}>
      <NowContext value={state}>
        <DrawnFrom value={history.present}>{children}</DrawnFrom>
      </NowContext>
    </DispatchContext>
  )
}

/** Where other results may follow a moment after the setting that is dragged, with the state they are of. */
export function Late({ children }: { children: ReactNode }) {
  const now = use(NowContext)
  const late = useDeferredValue(now)
  return <LateContext value={late?.results === now?.results ? now : late}>{children}</LateContext>
}

/** All of the page stands in the store. */
const useHere = (): State => (use(LateContext) ?? use(NowContext))!

export const useHistory = (): History => useHere().history
export const useSession = (): Session => useHistory().present
export const useDispatch = (): Dispatch<HistoryAction> => use(DispatchContext)
export const useResults = (): readonly Evaluated[] => useHere().results

export function useActive(): Evaluated {
  const { letter } = activeSlot(useSession())
  return useResults().find((result) => result.letter === letter)!
}
