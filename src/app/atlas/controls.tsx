/** What the map is of: two axes, orders of magnitude or not, the context, and which models. */
import { useId } from 'react'
import { NumberField } from '../parts/number-field.tsx'
import { useDispatch, useSession } from '../state/store.tsx'
import type { AtlasChoice } from '../state/session.ts'
import { machineText } from '../verdict/machine-text.ts'
import styles from './atlas.module.css'
import { axes, axisOf } from './axes.ts'
import { kindChoices } from './kinds.ts'

export function Controls({ context }: { context: number }) {
  const { atlas, machine } = useSession()
  const dispatch = useDispatch()
  const id = useId()
  const set = (chosen: Partial<AtlasChoice>): void => dispatch({ kind: 'atlas', set: chosen })
  return (
    <div className={styles['controls']}>
      <AxisChoice
        label="Up"
        value={atlas.y}
        isLog={atlas.y_scale === 'log'}
        onAxis={(y) => set({ y })}
        onScale={(y_scale) => set({ y_scale })}
      />
      <AxisChoice
        label="Across"
        value={atlas.x}
        isLog={atlas.x_scale === 'log'}
        onAxis={(x) => set({ x })}
        onScale={(x_scale) => set({ x_scale })}
      />
      <div className={styles['field']}>
        <label htmlFor={`${id}-context`}>Context</label>
        <NumberField
          id={`${id}-context`}
          label="Context"
          value={context}
          onChange={(tokens) => dispatch({ kind: 'workload', set: { context: tokens } })}
        />
      </div>
      <div className={styles['field']}>
        <label htmlFor={`${id}-kind`}>Kind</label>
        <select
          id={`${id}-kind`}
          value={atlas.kind}
          onChange={(event) =>
            set({ kind: kindChoices.find(({ name }) => name === event.currentTarget.value)!.name })
          }
        >
          {kindChoices.map(({ name, text }) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <div className={styles['field']}>
        <label htmlFor={`${id}-words`}>Search</label>
        <input
          id={`${id}-words`}
          type="search"
          placeholder="Name, family or publisher"
          value={atlas.words ?? ''}
          onChange={(event) => set({ words: event.currentTarget.value || null })}
        />
      </div>
      <label className={styles['log']}>
        <input
          type="checkbox"
          checked={atlas.fitting}
          onChange={(event) => set({ fitting: event.currentTarget.checked })}
        />
        fits {machineText(machine)}
      </label>
    </div>
  )
}

interface AxisProps {
  label: string
  value: string
  isLog: boolean
  onAxis: (id: string) => void
  onScale: (kind: 'log' | 'linear') => void
}

function AxisChoice({ label, value, isLog, onAxis, onScale }: AxisProps) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      <div className={styles['axis']}>
        <select
          id={id}
          value={axisOf(value).id}
          onChange={(event) => onAxis(event.currentTarget.value)}
        >
          {axes.map((axis) => (
            <option key={axis.id} value={axis.id}>
              {axis.label}
            </option>
          ))}
        </select>
        <label className={styles['log']}>
          <input
            type="checkbox"
            aria-label={`${label}: logarithmic`}
            checked={isLog}
            onChange={(event) => onScale(event.currentTarget.checked ? 'log' : 'linear')}
          />
          log
        </label>
      </div>
    </div>
  )
}
