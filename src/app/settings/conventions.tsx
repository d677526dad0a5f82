/** Where the field counts in several ways: the way chosen, named and open to change. */
import { useState, type ReactNode } from 'react'
import { writeFormats } from '../../architecture/formats.ts'
import { conventionsSaid } from '../../engine/conventions.ts'
import type { Workload, WorkloadKeyMeta } from '../../engine/index.ts'
import { workloadKeys } from '../../formulas/index.ts'
import { holderWords } from '../results/holders.ts'
import { holders, type Holder } from '../state/session.ts'
import { useActive, useDispatch, useSession } from '../state/store.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { Segments } from '../parts/segments.tsx'
import styles from './workload.module.css'

const units = [
  { value: 'GB', text: 'GB', about: 'Powers of 1000.' },
  { value: 'GiB', text: 'GiB', about: 'Powers of 1024.' },
] as const
const conventions = workloadKeys.filter(({ group }) => group === 'convention')

export function Conventions() {
  const { bytes, holder, workload: chosen } = useSession()
  const { workload } = useActive()
  const dispatch = useDispatch()
  const [isOpen, setOpen] = useState(false)
  return (
    <details
      className={styles['conventions']}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        Counted as{' '}
        {conventionsSaid(workload).map(({ option, words }) => (
          <span key={option}>
            <strong>{words}</strong>,{' '}
          </span>
        ))}
        <strong>{bytes}</strong>, cache of <strong>{cacheOf[holder]}</strong>, weights{' '}
        <strong>{`${chosen.weights ? 'in' : 'as published:'} ${writeFormats(workload.weights)}`}</strong>
      </summary>
      {isOpen && (
        <div className={styles['choices']}>
          {conventions.map((key) => (
            <Convention key={key.name} of={key} value={workload[key.name as ConventionName]} />
          ))}
          <Choice title="Bytes in">
            <Segments
              label="Bytes in"
              value={bytes}
              choices={units}
              onChange={(value) => dispatch({ kind: 'show', set: { bytes: value } })}
            />
          </Choice>
          <Choice title="Cache of">
            <Segments
              label="Cache of"
              value={holder}
              choices={holders.map((value) => ({
                value,
                text: holderWords[value].title,
                about: holderWords[value].about,
              }))}
              onChange={(value) => dispatch({ kind: 'show', set: { holder: value } })}
            />
          </Choice>
        </div>
      )}
    </details>
  )
}

type ConventionName = Exclude<keyof Workload, 'weights' | 'images'>

interface ConventionProps {
  of: WorkloadKeyMeta
  value: Workload[ConventionName]
}

/** A few values in sight, or a number. */
function Convention({ of: { name, short, about, type, of = [], min }, value }: ConventionProps) {
  const dispatch = useDispatch()
  const set = (to: number | string): void => dispatch({ kind: 'workload', set: { [name]: to } })
  return (
    <Choice title={short}>
      {of.length > 0 ? (
        <Segments
          label={short}
          value={String(value)}
          choices={of.map((each) => ({ value: each.value, text: each.label, about: each.about }))}
          onChange={(to) => set(type === 'choice' ? to : Number(to))}
        />
      ) : (
        <span title={about}>
          <NumberField label={short} value={value as number} min={min} onChange={set} />
        </span>
      )}
    </Choice>
  )
}

const cacheOf: Record<Holder, string> = {
  architecture: 'the architecture',
  transformers: 'transformers',
  unified_pages: 'unified pages',
  expanded_latent: 'expanded latents',
}

function Choice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles['choice']}>
      <span aria-hidden="true">{title}</span>
      {children}
    </div>
  )
}
