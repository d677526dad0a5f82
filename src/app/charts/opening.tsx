/** A number of a chart's table that opens its derivation. */
import numbers from '../results/number.module.css'
import type { Opened } from '../state/session.ts'
import { useDispatch, useSession } from '../state/store.tsx'

export function Opening({ text, opens }: { text: string; opens: Opened }) {
  const { opened } = useSession()
  const dispatch = useDispatch()
  const { letter, quantity } = opens
  return (
    <button
      type="button"
      className={numbers['number']}
      title="Where does it come from?"
      aria-expanded={opened?.letter === letter && opened.quantity === quantity}
      onClick={() => dispatch({ kind: 'open', opened: opens })}
    >
      {text}
    </button>
  )
}
