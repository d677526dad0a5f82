/** A number of the results: a button that opens its derivation. */
import { memo } from 'react'
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../models/letters.ts'
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
  const manner = { bytes, flops_per_mac: result.workload.flops_per_mac }
  const shown = show(quantity.of(result.cost), quantity.counted, manner)
  if (shown.digits === dash) return <span title="does not apply to this model">{dash}</span>
  return (
    <Press
      letter={result.letter}
      id={quantity.id}
      label={named ? quantity.label : null}
      exactly={shown.exact}
      digits={exact ? shown.exact.split(' ')[0]! : shown.digits}
      unit={exact ? '' : shown.unit}
      isStale={result.stale}
      isOpen={opened?.letter === result.letter && opened.quantity === quantity.id}
    />
  )
}

interface PressProps {
  letter: Letter
  id: string
  label: string | null
  exactly: string
  digits: string
  unit: string
  isStale: boolean
  isOpen: boolean
}

/** Drawn anew only where it shows something else: a drag changes few of many numbers. */
const Press = memo(function Press(props: PressProps) {
  const { letter, id, label, exactly, digits, unit, isStale, isOpen } = props
  const dispatch = useDispatch()
  return (
    <button
      type="button"
      className={`${styles['number']} ${isStale ? styles['stale'] : ''}`}
      title={`${exactly}. Where does it come from?`}
      aria-expanded={isOpen}
      data-quantity={id}
      onClick={() => dispatch({ kind: 'open', opened: { letter, quantity: id } })}
    >
      {label !== null && <span className="unseen">{`${label}: `}</span>}
      {digits}
      {unit !== '' && <span className={styles['unit']}>{unit}</span>}
    </button>
  )
})
