/** What the models run on: device, how many, runtime. */
import { runtimeNames } from '../../engine/deploy/runtime.ts'
import { devices } from '../../engine/hardware.ts'
import { counts, type Machine } from '../state/session.ts'
import { useDispatch, useSession } from '../state/store.tsx'
import styles from './verdict.module.css'

export function MachineChoices() {
  const { machine } = useSession()
  const dispatch = useDispatch()
  const set = (to: Partial<Machine>): void => dispatch({ kind: 'machine', set: to })
  return (
    <div className={styles['choices']}>
      <label>
        Device
        <select
          value={machine.device}
          onChange={(event) => set({ device: event.currentTarget.value })}
        >
          {devices.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        How many
        <select
          value={machine.devices}
          onChange={(event) => set({ devices: Number(event.currentTarget.value) })}
        >
          {counts.map((count) => (
            <option key={count}>{count}</option>
          ))}
        </select>
      </label>
      <label>
        Runtime
        <select
          value={machine.runtime}
          onChange={(event) => set({ runtime: event.currentTarget.value })}
        >
          {['none', ...runtimeNames].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </div>
  )
}
