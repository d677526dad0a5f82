/** The settings of the model in view, generated from its document and the formula files of its blocks. */
import { memo, useState } from 'react'
import type { PreparedStack, Sublayer } from '../../engine/index.ts'
import { placeWords } from '../models/place-words.ts'
import { prefixOf, sectionsOf } from '../models/placed.ts'
import { Button } from '../parts/button.tsx'
import { Icon, Shape } from '../parts/icons.tsx'
import { activeSlot } from '../state/session.ts'
import type { Slot } from '../models/slot.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import { BlockSettings } from './block.tsx'
import { LayerStrip } from './layer-strip.tsx'
import styles from './panel.module.css'
import { Patterns } from './patterns.tsx'
import { ShapeRow } from './shape-row.tsx'
import { useSlideWidth } from './slide-width.ts'

export function SettingsPanel() {
  const session = useSession()
  const slot = activeSlot(session)
  const dispatch = useDispatch()
  const [open, setOpen] = useState(false)
  const changes = Object.keys(slot.changes)
  return (
    <section className={styles['panel']} aria-labelledby="settings-title" data-open={open}>
      <div className={styles['top']}>
        <h2 id="settings-title" className={styles['title']}>
          <Shape letter={slot.letter} /> Settings of {slot.letter}
        </h2>
        {changes.length > 0 && (
          <Button
            look={['small', 'outlined']}
            title={`Undo ${changes.length === 1 ? 'the change' : `all ${changes.length} changes`}`}
            onClick={() => dispatch({ kind: 'restore', letter: slot.letter })}
          >
            As it was
          </Button>
        )}
      </div>
      <Button
        look="outlined"
        className={styles['fold'] ?? ''}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? 'Hide settings' : 'Settings'}
        <Icon name={open ? 'up' : 'down'} size={12} />
      </Button>
      <div className={styles['content']}>
        {session.slots.length > 1 && (
          <label className={styles['together']}>
            <input
              type="checkbox"
              checked={session.together}
              onChange={(event) =>
                dispatch({ kind: 'show', set: { together: event.currentTarget.checked } })
              }
            />
            Change it in all models that have it
          </label>
        )}
        {slot.model.stacks.map((stack) => (
          <StackSettings key={`${slot.letter} ${stack.role}`} slot={slot} stack={stack} />
        ))}
      </div>
    </section>
  )
}

interface StackProps {
  slot: Slot
  stack: PreparedStack
}

/** Not drawn anew where the workload or another model is. */
const StackSettings = memo(function StackSettings({ slot, stack }: StackProps) {
  const [lit, setLit] = useState<number | null>(null)
  const prefix = prefixOf(slot.model, stack)
  return (
    <div className={styles['stack']}>
      {slot.model.stacks.length > 1 && <h3 className={styles['role']}>{placeWords(stack.role)}</h3>}
      <section className={styles['section']}>
        <h3>Shape</h3>
        <ShapeRow
          slot={slot}
          address={`${prefix}n_layers`}
          label="Layers"
          symbol="N"
          value={stack.n_layers}
          max={512}
        />
        <WidthRow slot={slot} stack={stack} />
        <LayerStrip slot={slot} stack={stack} lit={lit} onLight={setLit} />
      </section>
      <Sublayers slot={slot} stack={stack} lit={lit} />
    </div>
  )
})

function WidthRow({ slot, stack }: StackProps) {
  const prefix = prefixOf(slot.model, stack)
  return (
    <ShapeRow
      slot={slot}
      address={`${prefix}d_model`}
      label="Width"
      symbol="d"
      value={stack.names.d_model}
      max={65_536}
      about="The slider keeps proportions: heads keep their size, and inner widths their ratio to it. The field changes the width alone."
      onSlide={useSlideWidth(slot, prefix)}
    />
  )
}

interface SublayersProps extends StackProps {
  /** The layer that is pointed at. */
  lit: number | null
}

function Sublayers({ slot, stack, lit }: SublayersProps) {
  const prefix = prefixOf(slot.model, stack)
  return sectionsOf(stack).map(({ name, shelves }) => (
    <section key={name} className={styles['section']}>
      <h3>{placeWords(name)}</h3>
      {shelves.map((shelf) => (
        <BlockSettings
          key={shelf.block.address}
          slot={slot}
          shelf={shelf}
          lit={lit !== null && (shelf.layers?.includes(lit) ?? false)}
        />
      ))}
      {sublayerOf(slot, stack, name) && (
        <Patterns
          slot={slot}
          address={`${prefix}${name}`}
          sublayer={sublayerOf(slot, stack, name)!}
        />
      )}
    </section>
  ))
}

/** As the document says it; input and output blocks are no sublayers. */
const sublayerOf = (slot: Slot, { role }: PreparedStack, name: string): Sublayer | undefined =>
  slot.model.architecture.stacks
    .find((stack) => stack.role === role)
    ?.layer.find((sublayer) => sublayer.name === name)
