/** A setting's line: words and symbol, where its value comes from, its field, and the way back. */
import { useId, type ReactNode } from 'react'
import type { Letter } from '../models/letters.ts'
import { useDispatch } from '../state/store.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icons.tsx'
import { symbolParts } from '../derivation/symbol.ts'
import styles from './panel.module.css'

interface Props {
  letter: Letter
  address: string
  label: string
  symbol?: string | undefined
  about?: string | undefined
  /** Whether it was changed here. */
  isChanged: boolean
  /** Where the value comes from, where it was not. */
  origin: string | null
  children: (id: string) => ReactNode
}

export function Row({ letter, address, label, symbol, about, isChanged, origin, children }: Props) {
  const id = useId()
  const dispatch = useDispatch()
  return (
    <div className={styles['row']} data-address={address} title={about}>
      <div className={styles['words']}>
        <label htmlFor={id}>
          {label}
          {symbol && <Symbol text={symbol} />}
        </label>
        {isChanged ? (
          <span className={styles['origin']}>
            changed
            <Button
              look={['icon', 'small']}
              aria-label={`Undo the change of ${label}`}
              title="As it was"
              onClick={() => dispatch({ kind: 'revert', letter, address })}
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
