/** What a press on a model does: it takes the place of the model in front, with Shift it is added, and one's own is shown. */
import { useCallback } from 'react'
import { slotFromCatalogue } from '../models/catalogue.ts'
import { freeLetter } from '../models/slot.ts'
import { useShell } from '../parts/shell.tsx'
import { activeSlot } from '../state/session.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import type { Listed } from './listed.ts'

interface Pressing {
  press: (model: Listed, isAdding: boolean) => void
  /** What a press does, in words. */
  hint: string
}

export function usePress(): Pressing {
  const session = useSession()
  const dispatch = useDispatch()
  const { say } = useShell()
  const free = freeLetter(session.slots)
  const present = activeSlot(session).letter
  const press = useCallback(
    async ({ id, title, letter }: Listed, isAdding: boolean): Promise<void> => {
      if (letter !== null) {
        dispatch({ kind: 'activate', letter })
        dispatch({ kind: 'go', page: 'calculator' })
        return
      }
      if (isAdding && free === undefined) {
        say('Four models are in view, which is as many as can be told apart; close one first.')
        return
      }
      const to = isAdding ? free! : present
      try {
        const slot = await slotFromCatalogue(id, to)
        dispatch({ kind: isAdding ? 'add' : 'replace', slot })
        // Who adds goes on looking for more.
        if (isAdding) dispatch({ kind: 'go', page: 'models' })
        say(`${title} is model ${to}.`)
      } catch (error) {
        say((error as Error).message)
      }
    },
    [dispatch, say, free, present],
  )
  return {
    press: useCallback((model, isAdding) => void press(model, isAdding), [press]),
    hint: `Enter opens as ${present}${free ? ` · Shift Enter adds as ${free}` : ''}`,
  }
}
