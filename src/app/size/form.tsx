/** The budget: what there is, and what the shape must respect. */
import { useId, type ReactNode } from 'react'
import { devices, findDevice } from '../../engine/hardware.ts'
import { formatBytes, formatShort } from '../../engine/numbers.ts'
import { NumberField } from '../parts/number-field.tsx'
import { Segments } from '../parts/segments.tsx'
import { BytesFormat } from '../settings/bytes-format.tsx'
import { WeightsFormat } from '../settings/weights-format.tsx'
import type { Formats, Workload } from '../../engine/index.ts'
import type { Slot } from '../models/slot.ts'
import { useSession } from '../state/store.tsx'
import { deviceText } from '../verdict/machine-text.ts'
import { beginnings, budgetRange, goals, grains, type Budget } from './budget.ts'
import styles from './panel.module.css'

interface Props {
  budget: Budget
  onChange: (set: Partial<Budget>) => void
  /** Where none are asked for; null where the shape has no experts. */
  usualActive: number | null
  workload: Workload
  onWorkload: (set: Partial<Workload>) => void
  /** Models in view, any of which may be the shape to begin from. */
  slots: readonly Slot[]
  /** Undefined: as the model to begin from is published. */
  weights: Formats | undefined
  published: Formats
  onWeights: (formats: Formats | undefined) => void
}

const targets = [
  { value: 'params.total', text: 'Parameters' },
  {
    value: 'memory.bytes',
    text: 'Memory',
    about: 'Weights and cache together, at the context and batch below.',
  },
] as const

export function BudgetForm({
  budget,
  onChange,
  usualActive,
  workload,
  onWorkload,
  slots,
  weights,
  published,
  onWeights,
}: Props) {
  const { bytes } = useSession()
  const isMemory = budget.of === 'memory.bytes'
  const memoryOf = (name: string | null): number =>
    name === null ? 80e9 : findDevice(name).visible
  const choose = (of: Budget['of']): void =>
    onChange({ of, target: of === 'params.total' ? 13e9 : memoryOf(budget.device) })
  // A budget of memory is a device's, or a number of bytes that is no device's.
  const setTarget = (target: number): void =>
    onChange({ target, ...(isMemory && { device: null }) })
  const setDevice = (device: string | null): void =>
    onChange({ device, ...(isMemory && device !== null && { target: memoryOf(device) }) })
  return (
    <div className={styles['form']}>
      <Field label={isMemory ? 'At most: bytes of weights and cache' : 'At most: parameters'}>
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
              {...budgetRange}
              onChange={setTarget}
            />
          </div>
        )}
      </Field>
      {usualActive !== null && (
        <Field label="Active parameters">
          {(id) => (
            <NumberField
              id={id}
              label="Active parameters"
              value={budget.active}
              {...budgetRange}
              none={{
                text: `${formatShort(usualActive)}, in proportion`,
                onChoose: () => onChange({ active: null }),
              }}
              onChange={(active) => onChange({ active })}
            />
          )}
        </Field>
      )}
      <Field label="Context">
        {(id) => (
          <NumberField
            id={id}
            label="Context"
            value={workload.context}
            onChange={(context) => onWorkload({ context })}
          />
        )}
      </Field>
      <Field label="Batch">
        {(id) => (
          <NumberField
            id={id}
            label="Batch"
            value={workload.batch}
            onChange={(batch) => onWorkload({ batch })}
          />
        )}
      </Field>
      <Field label="Weights in">
        {(id) => (
          <WeightsFormat id={id} value={weights} published={published} onChange={onWeights} />
        )}
      </Field>
      <Field label="Cache in">
        {(id) => (
          <BytesFormat
            id={id}
            value={workload.bytes_per_cache}
            onChange={(bytes_per_cache) => onWorkload({ bytes_per_cache })}
          />
        )}
      </Field>
      <Field label="Shape to begin from">
        {(id) => (
          <select
            id={id}
            value={budget.from}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          >
            {slots.map(({ letter, model }) => (
              <option key={letter} value={letter}>
                {`${letter}: ${model.architecture.name}`}
              </option>
            ))}
            {beginnings.map(({ name, text }) => (
              <option key={name} value={name}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={isMemory ? 'Of a device' : 'Must fit'}>
        {(id) => (
          <select
            id={id}
            value={budget.device ?? ''}
            onChange={(event) => setDevice(event.currentTarget.value || null)}
          >
            <option value="">{isMemory ? 'bytes as above' : 'any device'}</option>
            {devices.map(({ name, visible }) => (
              <option key={name} value={name}>
                {`${deviceText({ device: name })}, ${formatBytes(visible, bytes)}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="As small as can be">
        {(id) => (
          <select
            id={id}
            value={budget.goal}
            onChange={(event) => onChange({ goal: event.currentTarget.value as Budget['goal'] })}
          >
            {goals.map(({ name, text }) => (
              <option key={name} value={name}>
                {text}
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
            {grains.map((grain) => (
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
