/** A setting's line: words and symbol, where its value comes from, its field, and the way back. */
import { useId, type ReactNode } from 'react'
import type { Slot } from '../models/slot.ts'
import { useDispatch } from '../state/store.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icons.tsx'
import { symbolParts } from '../derivation/symbol.ts'
import styles from './panel.module.css'

interface Props {
  slot: Slot
  address: string
  label: string
  symbol?: string | undefined
  about?: string | undefined
  /** Where the value comes from, where it was not changed here. */
  origin: string | null
  children: (id: string) => ReactNode
}

export function Row({ slot, address, label, symbol, about, origin, children }: Props) {
  const id = useId()
  const dispatch = useDispatch()
  const changed = address in slot.changes
  return (
    <div className={styles['row']} data-address={address} title={about}>
      <div className={styles['words']}>
        <label htmlFor={id}>
          {label}
          {symbol && <Symbol text={symbol} />}
        </label>
        {changed ? (
          <span className={styles['origin']}>
            changed
            <Button
              look={['icon', 'small']}
              aria-label={`Undo the change of ${label}`}
              title="As it was"
              onClick={() => dispatch({ kind: 'revert', letter: slot.letter, address })}
            >
              <Icon name="undo" size={13} />
            </Button>
          </span>
        ) : (
          origin && <span className={styles['origin']}>{origin}</span>
        )}
      </div>
      {children(id)}
    </div>
  )
}

function Symbol({ text }: { text: string }) {
  const { letter, index } = symbolParts(text)
  return (
    <i className={styles['symbol']} aria-hidden="true">
      {letter ?? text}
      {index && <sub>{index}</sub>}
    </i>
  )
}
