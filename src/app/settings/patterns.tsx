/** Which layers of a sublayer are different: the picks edited, exceptions added and taken away. */
import { useId, useState } from 'react'
import type { Exception, LayerPick, Sublayer } from '../../engine/index.ts'
import { blockList } from '../../formulas/generated/block-list.ts'
import { Button } from '../parts/button.tsx'
import type { Slot } from '../models/slot.ts'
import { useDispatch } from '../state/store.tsx'
import { NumberField } from '../parts/number-field.tsx'
import styles from './patterns.module.css'
import { problemAt } from './problem-at.ts'

interface Props {
  slot: Slot
  /** `mixer`, after the stack's role where there are two. */
  address: string
  sublayer: Sublayer
}

export function Patterns({ slot, address, sublayer }: Props) {
  const dispatch = useDispatch()
  const [adding, setAdding] = useState(false)
  const exceptions = sublayer.except ?? []
  const change = (to: string, value: number | readonly Exception[]): void =>
    dispatch({ kind: 'change', letter: slot.letter, address: to, value })
  return (
    <div className={styles['patterns']}>
      {exceptions.map((exception, place) => (
        // An exception is its place: the first that matches a layer holds.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={place} className={styles['pattern']}>
          <span>Different in</span>
          <Pick
            pick={exception.layers}
            problemOf={(key) => problemAt(slot, `${address}.except[${place}].layers.${key}`)}
            onChange={(key, value) => change(`${address}.except[${place}].layers.${key}`, value)}
          />
          <Button
            look={['small', 'outlined']}
            onClick={() => change(`${address}.except`, exceptions.toSpliced(place, 1))}
          >
            Make alike
          </Button>
        </div>
      ))}
      {problemAt(slot, `${address}.except`) && (
        <p className={styles['problem']}>{problemAt(slot, `${address}.except`)}</p>
      )}
      {adding ? (
        <NewException
          sublayer={sublayer}
          onAdd={(exception) => {
            change(`${address}.except`, [...exceptions, exception])
            setAdding(false)
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <Button look="small" className={styles['add'] ?? ''} onClick={() => setAdding(true)}>
          Another block in some layers
        </Button>
      )}
    </div>
  )
}

type PickKey = 'first' | 'last' | 'every' | 'offset'

interface PickProps {
  pick: LayerPick
  problemOf: (key: PickKey) => string | undefined
  onChange: (key: PickKey, value: number) => void
}

const words: Record<PickKey, string> = {
  first: 'the first',
  last: 'the last',
  every: 'every',
  offset: 'from layer',
}

function Pick({ pick, problemOf, onChange }: PickProps) {
  if (Array.isArray(pick)) return <span>{pick.length} layers of a list</span>
  const parts: [PickKey, number][] =
    'every' in pick
      ? [
          ['every', pick.every],
          ['offset', pick.offset ?? 0],
        ]
      : 'first' in pick
        ? [['first', pick.first]]
        : [['last', pick.last]]
  return parts.map(([key, value]) => (
    <label key={key} className={styles['part']}>
      {words[key]}
      <NumberField
        label={words[key]}
        value={value}
        min={key === 'offset' ? 0 : 1}
        max={10_000}
        problem={problemOf(key)}
        onChange={(next) => onChange(key, next)}
      />
    </label>
  ))
}

interface NewProps {
  sublayer: Sublayer
  onAdd: (exception: Exception) => void
  onCancel: () => void
}

function NewException({ sublayer, onAdd, onCancel }: NewProps) {
  const id = useId()
  const folder = blockList.find(({ name }) => name === sublayer.block)?.folder ?? 'mixers'
  const peers = blockList.filter((each) => each.folder === folder)
  const [block, setBlock] = useState(peers.find(({ name }) => name !== sublayer.block)?.name ?? '')
  const [every, setEvery] = useState(4)
  return (
    <div className={styles['new']}>
      <label htmlFor={`${id}-block`}>Block</label>
      <select
        id={`${id}-block`}
        value={block}
        onChange={(event) => setBlock(event.currentTarget.value)}
      >
        {peers.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-every`}>In every so many layers</label>
      <NumberField
        id={`${id}-every`}
        label="In every so many layers"
        value={every}
        min={1}
        max={10_000}
        onChange={setEvery}
      />
      <span className={styles['acts']}>
        <Button
          look={['small', 'main']}
          onClick={() =>
            void import('../../formulas/all-blocks.ts').then(() =>
              onAdd({ layers: { every, offset: every - 1 }, before: sublayer.before, block }),
            )
          }
        >
          Add
        </Button>
        <Button look={['small', 'outlined']} onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </div>
  )
}
