/** Gives components the state, what follows from it, and the way to act on it. */
import {
  createContext,
  use,
  useDeferredValue,
  useReducer,
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

const NowContext = createContext<State | null>(null)
/** Null where nothing is late. */
const LateContext = createContext<State | null>(null)
const DispatchContext = createContext<Dispatch<HistoryAction>>(() => {})

export function Store({ session, children }: { session: Session; children: ReactNode }) {
  const [state, dispatch] = useReducer(next, session, begun)
  return (
    <DispatchContext value={dispatch}>
      <NowContext value={state}>
        <Late>{children}</Late>
      </NowContext>
    </DispatchContext>
  )
}

const begun = (session: Session): State => ({
  history: historyOf(session),
  results: evaluated(session.slots, session.workload),
})

function next({ history, results }: State, action: HistoryAction): State {
  const after = step(history, action)
  return { history: after, results: evaluatedAgain(results, history.present, after.present) }
}

/** Other results follow a moment after the setting that is dragged, with the state they are of. */
function Late({ children }: { children: ReactNode }) {
  const now = use(NowContext)!
  const late = useDeferredValue(now)
  const shown = late.results === now.results ? now : late
  return (
    <LateContext value={shown}>
      <DrawnFrom value={shown.history.present}>{children}</DrawnFrom>
    </LateContext>
  )
}

/** Around what is at once as every step of a drag leaves it: fields that are dragged or written in, and the numbers in front. */
export const Now = ({ children }: { children: ReactNode }) => (
  <LateContext value={null}>{children}</LateContext>
)

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
