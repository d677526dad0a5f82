/** A number of the results: a button that opens its derivation. */
import type { Evaluated } from '../models/evaluated.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import styles from './number.module.css'
import type { Quantity } from './quantities.ts'
import { dash, show } from './show.ts'

interface Props {
  quantity: Quantity
  of: Evaluated
  /** Every digit instead of four. */
  exact?: boolean
  /** Whether the model's name belongs to the button's name. */
  named?: boolean
}

export function Figure({ quantity, of: result, exact = false, named = true }: Props) {
  const { bytes, opened } = useSession()
  const dispatch = useDispatch()
  const manner = { bytes, flops_per_mac: result.workload.flops_per_mac }
  const shown = show(quantity.of(result.cost), quantity.counted, manner)
  if (shown.digits === dash) return <span title="does not apply to this model">{dash}</span>
  const open = opened?.letter === result.letter && opened.quantity === quantity.id
  return (
    <button
      type="button"
      className={`${styles['number']} ${result.stale ? styles['stale'] : ''}`}
      title={`${shown.exact}. Where does it come from?`}
      aria-expanded={open}
      data-quantity={quantity.id}
      onClick={() =>
        dispatch({ kind: 'open', opened: { letter: result.letter, quantity: quantity.id } })
      }
    >
      {named && <span className="unseen">{`${quantity.label}: `}</span>}
      {exact ? shown.exact.split(' ')[0] : shown.digits}
      {!exact && shown.unit !== '' && <span className={styles['unit']}>{shown.unit}</span>}
    </button>
  )
}
