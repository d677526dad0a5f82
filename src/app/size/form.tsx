/** The budget: what there is, and what the shape must respect. */
import { useId, type ReactNode } from 'react'
import { devices } from '../../engine/hardware.ts'
import { formatBytes } from '../../engine/numbers.ts'
import { NumberField } from '../settings/number-field.tsx'
import { Segments } from '../settings/segments.tsx'
import { useSession } from '../state/store.tsx'
import { beginnings, type Budget } from './budget.ts'
import styles from './panel.module.css'

interface Props {
  budget: Budget
  onChange: (set: Partial<Budget>) => void
  context: number
  onContext: (context: number) => void
}

const targets = [
  { value: 'params.total', text: 'Parameters' },
  {
    value: 'memory.bytes',
    text: 'Memory',
    about: 'Weights and cache together, at the context below.',
  },
] as const

export function BudgetForm({ budget, onChange, context, onContext }: Props) {
  const { bytes } = useSession()
  const isMemory = budget.of === 'memory.bytes'
  const choose = (of: Budget['of']): void =>
    onChange({ of, target: of === 'params.total' ? 13e9 : 80e9 })
  return (
    <div className={styles['form']}>
      <Field label={isMemory ? 'Budget: bytes of weights and cache' : 'Budget: parameters'}>
        {(id) => (
          <div className={styles['budget']}>
            <Segments
              label="The budget is of"
              value={budget.of}
              choices={targets}
              onChange={choose}
            />
            <NumberField
              id={id}
              label={isMemory ? 'Bytes' : 'Parameters'}
              value={budget.target}
              unit={isMemory ? 'byte' : undefined}
              min={1e6}
              max={1e14}
              onChange={(target) => onChange({ target })}
            />
          </div>
        )}
      </Field>
      <Field label="Active parameters">
        {(id) => (
          <NumberField
            id={id}
            label="Active parameters"
            value={budget.active}
            min={1e6}
            max={1e14}
            none={{ text: 'as they come', onChoose: () => onChange({ active: null }) }}
            onChange={(active) => onChange({ active })}
          />
        )}
      </Field>
      <Field label="Context">
        {(id) => (
          <NumberField id={id} label="Context" value={context} max={1e9} onChange={onContext} />
        )}
      </Field>
      <Field label="Shape to begin from">
        {(id) => (
          <select
            id={id}
            value={budget.from}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          >
            {beginnings.map(({ name, text }) => (
              <option key={name} value={name}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Must fit">
        {(id) => (
          <select
            id={id}
            value={budget.device ?? ''}
            onChange={(event) => onChange({ device: event.currentTarget.value || null })}
          >
            <option value="">any device</option>
            {devices.map(({ name, memory }) => (
              <option key={name} value={name}>
                {`${name}, ${formatBytes(memory, bytes)}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Widths divide by">
        {(id) => (
          <select
            id={id}
            value={budget.grain}
            onChange={(event) => onChange({ grain: Number(event.currentTarget.value) })}
          >
            {[64, 128, 256, 512].map((grain) => (
              <option key={grain}>{grain}</option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
