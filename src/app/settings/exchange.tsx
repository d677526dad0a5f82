/** Which block stands in a place, and what it can be exchanged for: blocks of the same kind. */
import { memo } from 'react'
import type { PlacedBlock } from '../../engine/index.ts'
import { blockList } from '../../formulas/generated/block-list.ts'
import type { Letter } from '../models/letters.ts'
import { useDispatch } from '../state/store.tsx'
import styles from './panel.module.css'

/** Kinds of blocks whose members can stand in for each other. */
const exchangeable = new Set(['mixers', 'ffn', 'norms', 'positions'])

interface Props {
  letter: Letter
  address: string
  formulas: PlacedBlock['formulas']
}

export const ExchangeBlock = memo(function ExchangeBlock({ letter, address, formulas }: Props) {
  const dispatch = useDispatch()
  const peers = blockList.filter(({ folder }) => folder === formulas.folder)
  // An exception that only overrules settings holds the rule's block.
  if (!exchangeable.has(formulas.folder) || peers.length < 2)
    return <h4 className={styles['name']}>{formulas.title}</h4>
  const role = address.endsWith('.before')
    ? 'Norm before'
    : address.endsWith('.after')
      ? 'Norm after'
      : 'Block'
  return (
    <select
      className={styles['exchange']}
      aria-label={`${role}, ${address}`}
      value={formulas.name}
      onChange={({ currentTarget: { value } }) =>
        // What computes another block is loaded when one is wanted.
        void import('../../formulas/all-blocks.ts').then(() =>
          dispatch({ kind: 'change', letter, address: `${address}.block`, value }),
        )
      }
    >
      {peers.map(({ name, title }) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  )
})
