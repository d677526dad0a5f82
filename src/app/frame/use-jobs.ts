/** Begins a job: with the models at hand, or with models of its own where nothing was chosen yet. */
import { useShell } from '../parts/shell.tsx'
import { doors } from '../state/doors.ts'
import type { Question } from '../state/session.ts'
import { useActive, useDispatch, useSession } from '../state/store.tsx'

export function useJobs(): (question: Question) => void {
  const session = useSession()
  const active = useActive()
  const dispatch = useDispatch()
  const { visit, say } = useShell()
  return (question) => {
    import('./jobs.ts')
      .then(({ actionsOf, isUntouched }) => {
        if (isUntouched(session)) {
          visit(doors.find((door) => door.question === question)!.href)
          return
        }
        for (const action of actionsOf(question, session, active)) dispatch(action)
        scrollTo(0, 0)
        document.getElementById('main')?.focus()
      })
      .catch((error: Error) => say(error.message))
  }
}
