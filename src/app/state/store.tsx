/** Gives components the state, what follows from it, and the way to act on it. */
import { createContext, use, useMemo, useReducer, type Dispatch, type ReactNode } from 'react'
import { evaluated, type Evaluated } from '../models/evaluated.ts'
import { DrawnFrom } from '../parts/boundary.tsx'
import { historyOf, step, type History, type HistoryAction } from './history.ts'
import { activeSlot, type Session } from './session.ts'

const HistoryContext = createContext<History | null>(null)
const ResultsContext = createContext<readonly Evaluated[]>([])
const DispatchContext = createContext<Dispatch<HistoryAction>>(() => {})

export function Store({ session, children }: { session: Session; children: ReactNode }) {
  const [history, dispatch] = useReducer(step, session, historyOf)
  const { slots, workload } = history.present
  const results = useMemo(() => evaluated(slots, workload), [slots, workload])
  return (
    <DispatchContext value={dispatch}>
      <HistoryContext value={history}>
        <ResultsContext value={results}>
          <DrawnFrom value={history.present}>{children}</DrawnFrom>
        </ResultsContext>
      </HistoryContext>
    </DispatchContext>
  )
}

export function useHistory(): History {
  const history = use(HistoryContext)
  if (history === null) throw new Error('a component of the page stands outside the store')
  return history
}

export const useSession = (): Session => useHistory().present
export const useDispatch = (): Dispatch<HistoryAction> => use(DispatchContext)

/** One for each model, in the order of letters. */
export const useResults = (): readonly Evaluated[] => use(ResultsContext)

export function useActive(): Evaluated {
  const slot = activeSlot(useSession())
  const result = useResults().find(({ letter }) => letter === slot.letter)
  if (result === undefined) throw new Error(`no result for model ${slot.letter}`)
  return result
}
