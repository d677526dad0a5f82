/** Keys of the whole page. Single letters are left to fields, and can be switched off. */
import { useEffect } from 'react'
import { copyText } from '../parts/copy.ts'
import { keep, readKept } from '../parts/kept.ts'
import { letters } from '../models/letters.ts'
import { linkTo } from '../state/address.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import type { Sheet } from '../parts/shell.tsx'

const kept = 'archcost.keys'

export const keysAreOn = (): boolean => readKept(kept) !== 'off'

export const switchKeys = (on: boolean): void => keep(kept, on ? '' : 'off')

export function useShortcuts(open: (sheet: Sheet) => void, say: (text: string) => void): void {
  const session = useSession()
  const dispatch = useDispatch()
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const command = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      if (command && !event.altKey && key === 'k') act(() => open('palette'))
      else if (command && !event.altKey && key === 'z' && !isTyping(event))
        act(() => dispatch({ kind: event.shiftKey ? 'redo' : 'undo' }))
      else if (!command && !event.altKey && keysAreOn() && !isBusy(event)) single(key, act)

      function act(run: () => void): void {
        event.preventDefault()
        run()
      }
    }
    const single = (key: string, act: (run: () => void) => void): void => {
      const letter = letters[Number(key) - 1]
      if (letter && session.slots.some((slot) => slot.letter === letter))
        act(() => dispatch({ kind: 'activate', letter }))
      else if (key === '/') act(() => open('replace'))
      else if (key === '?') act(() => open('keys'))
      else if (key === 'i') act(() => open('import'))
      else if (key === 'd') act(() => dispatch({ kind: 'duplicate', letter: session.active }))
      else if (key === 'c')
        act(
          () =>
            void linkTo(session).then(
              (link) => copyText(link, 'The link is copied.', say),
              (error: Error) => say(error.message),
            ),
        )
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [session, dispatch, open, say])
}

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=range], [type=checkbox], [type=radio]), textarea')

/** A field, a list that takes letters, or a dialog has the keyboard. */
const isBusy = (event: KeyboardEvent): boolean =>
  isTyping(event) ||
  (event.target instanceof HTMLElement && event.target.matches('select, [role=tree] *')) ||
  document.querySelector('dialog[open]') !== null
