/** What the models run on: device, how many, how they are cut over them, runtime. */
import { useId, type ReactNode } from 'react'
import { findRuntime, runtimeNames } from '../../engine/deploy/runtime.ts'
import { devices as known } from '../../engine/hardware.ts'
import { counts, type Machine } from '../state/session.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import { countOf, cut, deploymentOf } from './deployment.ts'
import { RuntimeSettings } from './runtime-settings.tsx'
import styles from './verdict.module.css'

const degrees = [
  { key: 'pp', label: 'Pipeline stages', about: 'Layers in a row form a stage.' },
  { key: 'dp', label: 'Data parallel', about: 'Whole copies, each with sequences of its own.' },
  { key: 'cp', label: 'Context parallel', about: 'The tokens of a growing cache are shared out.' },
  { key: 'ep', label: 'Expert parallel', about: 'Experts are shared out, whole.' },
] as const

export function MachineChoices() {
  const { machine } = useSession()
  const dispatch = useDispatch()
  const set = (to: Partial<Machine>): void => dispatch({ kind: 'machine', set: to })
  const devices = countOf(machine)
  const { parallel } = deploymentOf(machine)
  const runtime = findRuntime(machine.runtime)
  return (
    <>
    <div className={styles['choices']}>
      <Choice label="Device" value={machine.device} of={known.map(({ name }) => name)} onChoose={(device) => set({ device })} />
      <Choice label="How many" value={devices} of={counts} onChoose={(count) => set({ ...uncut, devices: Number(count) })} />
      <Choice label="Runtime" value={machine.runtime} of={['none', ...runtimeNames]} onChoose={(name) => set({ runtime: name, settings: null })} />
      {devices > 1 && (
        <>
          {degrees.map(({ key, label, about }) => (
            <Choice
              key={key}
              label={label}
              about={about}
              value={machine[key] ?? 1}
              of={counts.filter((count) => devices % count === 0)}
              onChoose={(count) => set(cut(machine, { [key]: count === '1' ? null : Number(count) }))}
            />
          ))}
          <label title="Attention is data-parallel, experts are spread over all ranks.">
            Data-parallel attention
            <input
              type="checkbox"
              checked={machine.dp_attention}
              onChange={(event) => set({ dp_attention: event.currentTarget.checked })}
            />
          </label>
          {!machine.dp_attention && <p>{`The rest is tensor parallel: ${parallel?.tp ?? devices}`}</p>}
        </>
      )}
    </div>
    {runtime && <RuntimeSettings runtime={runtime} />}
    </>
  )
} // prettier-ignore

/** Another number of devices is cut as is usual, since degrees must go into it. */
const uncut = { tp: null, pp: null, dp: null, cp: null, ep: null, dp_attention: false } as const

interface ChoiceProps {
  label: string
  about?: string
  value: string | number
  of: readonly (string | number)[]
  onChoose: (value: string) => void
}

function Choice({ label, about, value, of: all, onChoose }: ChoiceProps): ReactNode {
  const id = useId()
  return (
    <label htmlFor={id} title={about}>
      {label}
      <select id={id} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {(all.includes(value) ? all : [value, ...all]).map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  )
}
