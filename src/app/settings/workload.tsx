/** What is run, beside the numbers it changes: tokens, sequences, and formats of weights, caches and states. */
import { memo, useId, useMemo } from 'react'
import { evaluate } from '../../engine/evaluate.ts'
import type { Formats, Workload, WorkloadKeyMeta } from '../../engine/index.ts'
import { takesImages } from '../../engine/towers.ts'
import { completeWorkload } from '../../engine/workload.ts'
import { workloadKeys } from '../../formulas/index.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { useActive, useDispatch, useResults, useSession } from '../state/store.tsx'
import { Panel } from '../parts/boundary.tsx'
import { lazyNamed } from '../parts/lazy.ts'
import { PerhapsBytesFormat } from './bytes-format.tsx'
import { ImagesField } from './images-field.tsx'
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
  const { model } = useActive()
  const usual = useMemo(() => completeWorkload(model), [model])
  return (
    <section className={styles['workload']} aria-label="Workload and conventions">
      <div className={styles['fields']}>
        {fields.map((key) => (
          <Field key={key.name} of={key} usual={usual[key.name as keyof Workload]} />
        ))}
      </div>
      <Panel what="The conventions" waiting={<p className={styles['waiting']} />}>
        <Conventions />
      </Panel>
    </section>
  )
}

/** Nothing where no model in view has such a part, as a source without an encoder. */
function Field({ of: key, usual }: Pick<ControlProps, 'of' | 'usual'>) {
  const results = useResults()
  const { workload: chosen } = useSession()
  const result = results.find((each) => isRun(each, key))
  if (result === undefined) return null
  const from = chosenTypes.includes(key.type) ? chosen : result.workload
  return (
    <Control
      of={key}
      value={from[key.name as keyof Workload]}
      usual={usual}
      longest={Math.max(...results.map((each) => each.model.architecture.max_context), 1 << 17)}
      problem={results.find(({ refused }) => refused !== null)?.refused ?? undefined}
    />
  )
}

/** Of these what was chosen is shown; of others what holds. */
const chosenTypes: readonly WorkloadKeyMeta['type'][] = ['formats', 'format', 'record', 'number']

interface ControlProps {
  of: WorkloadKeyMeta
  value: Workload[keyof Workload] | undefined
  /** What it is unless said. */
  usual: Workload[keyof Workload] | undefined
  /** In tokens, what the models in view were made for. */
  longest: number
  problem: string | undefined
}

/** Drawn anew only where it shows something else. */
const Control = memo(function Control({ of: key, value, usual, longest, problem }: ControlProps) {
  const { name, short, about, type, min } = key
  const dispatch = useDispatch()
  const set = (to: Workload[keyof Workload] | undefined): void =>
    dispatch({ kind: 'workload', set: { [name]: to } })
  const labelled = (field: LabelledProps['children']) => (
    <Labelled text={short} about={about} name={name}>
      {field}
    </Labelled>
  )
  switch (type) {
    case 'formats':
      return labelled((id) => (
        <WeightsFormat
          id={id}
          value={value as Formats | undefined}
          published={usual as Formats}
          onChange={(formats) => dispatch({ kind: 'weights', formats })}
        />
      ))
    case 'record':
      return (
        <ImagesField
          fields={key.fields!}
          about={about}
          value={(value as Workload['images'] | undefined) ?? null}
          problem={problem}
          onChange={set}
        />
      )
    case 'number':
      return labelled((id) => (
        <NumberField
          id={id}
          label={short}
          value={(value as number | undefined) ?? null}
          whole={false}
          none={{ text: 'none', onChoose: () => set(undefined) }}
          onChange={set}
        />
      ))
    case 'format':
      return labelled((id) => (
        <PerhapsBytesFormat
          id={id}
          value={value as number | undefined}
          usual={usual as number}
          onChange={set}
        />
      ))
    default:
      return (
        <Tokens
          name={name}
          label={short}
          about={about}
          value={value as number}
          min={min}
          max={type === 'tokens' ? 2 ** Math.ceil(Math.log2(longest) + 1) : 1024}
          onChange={set}
        />
      )
  }
})

/** Whether a model is run with it; of images and sound, whether it could be; of a format, whether anything is kept in it. */
function isRun({ model, workload, cost }: Evaluated, key: WorkloadKeyMeta): boolean {
  const { name, type, with: parts = [] } = key
  if (type === 'record') return takesImages(model)
  if (type === 'format') {
    const twice = { ...workload, [name]: 2 * (workload[name as keyof Workload] as number) }
    return JSON.stringify(evaluate(model, twice)) !== JSON.stringify(cost)
  }
  if (parts.includes('audio')) return model.towers.some(({ role }) => role === 'audio')
  return workload[name as keyof Workload] !== null
}

interface TokensProps {
  name: string
  label: string
  about: string
  value: number
  min: number
  max: number
  onChange: (value: number) => void
}

function Tokens({ name, label, about, value, min, max, onChange }: TokensProps) {
  const id = useId()
  return (
    <div className={styles['tokens']} data-address={name}>
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
  name: string
  text: string
  about: string
  children: (id: string) => React.ReactNode
}

function Labelled({ name, text, about, children }: LabelledProps) {
  const id = useId()
  return (
    <div className={styles['format']} data-address={name}>
      <label htmlFor={id} title={about}>
        {text}
      </label>
      {children(id)}
    </div>
  )
}
