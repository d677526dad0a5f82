/** What is run, beside the numbers it changes: tokens, sequences, and formats of weights, caches and states. */
import { useId } from 'react'
import type { Workload, WorkloadKeyMeta } from '../../engine/index.ts'
import { workloadKeys } from '../../formulas/index.ts'
import { useActive, useDispatch, useResults, useSession } from '../state/store.tsx'
import { Panel } from '../parts/boundary.tsx'
import { lazyNamed } from '../parts/lazy.ts'
import { BytesFormat } from './bytes-format.tsx'
import { LogSlider } from '../parts/log-slider.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { WeightsFormat } from './weights-format.tsx'
import styles from './workload.module.css'

const Conventions = lazyNamed(() => import('./conventions.tsx'), 'Conventions')

/** Formats that go with another's are said in links and by the command line alone. */
const fields = workloadKeys.filter(
  ({ group, instead_of, type, reads }) =>
    group === 'run' && instead_of === undefined && !(type === 'format' && reads.length > 0),
)

export function WorkloadControls() {
  return (
    <section className={styles['workload']} aria-label="Workload and conventions">
      <div className={styles['fields']}>
        {fields.map((key) => (
          <Field key={key.name} of={key} />
        ))}
      </div>
      <Panel what="The conventions" waiting={<p className={styles['waiting']} />}>
        <Conventions />
      </Panel>
    </section>
  )
}

/** Nothing where the first model has no such part, as a source without an encoder. */
function Field({ of: { name, short, about, type, min } }: { of: WorkloadKeyMeta }) {
  const results = useResults()
  const { workload } = results[0]!
  const active = useActive()
  const { workload: chosen } = useSession()
  const dispatch = useDispatch()
  const longest = Math.max(...results.map(({ model }) => model.architecture.max_context), 1 << 17)
  const value = workload[name as keyof Workload]
  if (value === null) return null
  const set = (to: number): void => dispatch({ kind: 'workload', set: { [name]: to } })
  switch (type) {
    case 'formats':
      return (
        <Labelled text={short} about={about}>
          {(id) => (
            <WeightsFormat
              id={id}
              value={chosen.weights}
              published={active.model.weights}
              onChange={(formats) => dispatch({ kind: 'weights', formats })}
            />
          )}
        </Labelled>
      )
    case 'record':
      return null
    case 'format':
      return (
        <Labelled text={short} about={about}>
          {(id) => <BytesFormat id={id} value={value as number} onChange={set} />}
        </Labelled>
      )
    default:
      return (
        <Tokens
          label={short}
          about={about}
          value={value as number}
          min={min}
          max={type === 'tokens' ? 2 ** Math.ceil(Math.log2(longest) + 1) : 1024}
          onChange={set}
        />
      )
  }
}

interface TokensProps {
  label: string
  about: string
  value: number
  min: number
  max: number
  onChange: (value: number) => void
}

function Tokens({ label, about, value, min, max, onChange }: TokensProps) {
  const id = useId()
  return (
    <div className={styles['tokens']}>
      <label htmlFor={id} title={about}>
        {label}
      </label>
      <NumberField id={id} label={label} value={value} min={min} onChange={onChange} />
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

interface LabelledProps {
  text: string
  about: string
  children: (id: string) => React.ReactNode
}

function Labelled({ text, about, children }: LabelledProps) {
  const id = useId()
  return (
    <div className={styles['format']}>
      <label htmlFor={id} title={about}>
        {text}
      </label>
      {children(id)}
    </div>
  )
}
