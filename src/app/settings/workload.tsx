/** What is run, beside the numbers it changes: context, batch, source, and bytes of an element. */
import { useId } from 'react'
import type { Workload } from '../../engine/index.ts'
import { useActive, useDispatch, useResults, useSession } from '../state/store.tsx'
import { Panel } from '../parts/boundary.tsx'
import { lazyNamed } from '../parts/lazy.ts'
import { BytesFormat } from './bytes-format.tsx'
import { LogSlider } from '../parts/log-slider.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { WeightsFormat } from './weights-format.tsx'
import styles from './workload.module.css'

const Conventions = lazyNamed(() => import('./conventions.tsx'), 'Conventions')

export function WorkloadControls() {
  const results = useResults()
  const { workload } = results[0]!
  const active = useActive()
  const { workload: chosen } = useSession()
  const weights = useId()
  const longest = Math.max(...results.map(({ model }) => model.architecture.max_context))
  const dispatch = useDispatch()
  const set = (change: Partial<Workload>): void => dispatch({ kind: 'workload', set: change })
  return (
    <section className={styles['workload']} aria-label="Workload and conventions">
      <div className={styles['fields']}>
        <Tokens
          label="Context"
          value={workload.context}
          max={2 ** Math.ceil(Math.log2(Math.max(longest, 1 << 17)) + 1)}
          onChange={(context) => set({ context })}
        />
        <Tokens
          label="Batch"
          value={workload.batch}
          max={1024}
          onChange={(batch) => set({ batch })}
        />
        {workload.source !== null && (
          <Tokens
            label="Source"
            value={workload.source}
            max={1 << 20}
            onChange={(source) => set({ source })}
          />
        )}
        <div className={styles['format']}>
          <label htmlFor={weights}>Weights</label>
          <WeightsFormat
            id={weights}
            value={chosen.weights}
            published={active.model.weights}
            onChange={(formats) => dispatch({ kind: 'weights', formats })}
          />
        </div>
        <Format
          label="Cache"
          value={workload.bytes_per_cache}
          onChange={(bytes_per_cache) => set({ bytes_per_cache })}
        />
        <Format
          label="States"
          value={workload.bytes_per_state}
          onChange={(bytes_per_state) => set({ bytes_per_state })}
        />
      </div>
      <Panel what="The conventions" waiting={<p className={styles['waiting']} />}>
        <Conventions />
      </Panel>
    </section>
  )
}

interface TokensProps {
  label: string
  value: number
  max: number
  onChange: (value: number) => void
}

function Tokens({ label, value, max, onChange }: TokensProps) {
  const id = useId()
  return (
    <div className={styles['tokens']}>
      <label htmlFor={id}>{label}</label>
      <NumberField id={id} label={label} value={value} min={1} onChange={onChange} />
      <LogSlider
        label={`${label}, slider`}
        value={value}
        min={1}
        max={Math.max(max, value)}
        onChange={onChange}
      />
    </div>
  )
}

interface FormatProps {
  label: string
  value: number
  onChange: (bytes: number) => void
}

function Format({ label, value, onChange }: FormatProps) {
  const id = useId()
  return (
    <div className={styles['format']}>
      <label htmlFor={id}>{label}</label>
      <BytesFormat id={id} value={value} onChange={onChange} />
    </div>
  )
}
