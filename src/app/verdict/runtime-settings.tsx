/** Settings of the runtime: each as its formulas take it, until something else is chosen. */
import { useId } from 'react'
import { settingsOfRuntime, type RuntimeFormulas } from '../../engine/deploy/runtime.ts'
import { formatExact } from '../../engine/numbers.ts'
import type { SettingMeta } from '../../formulas/index.ts'
import { NumberField } from '../parts/number-field.tsx'
import { useDispatch, useSession } from '../state/store.tsx'
import { settingsIn, settingsText } from './deployment.ts'
import styles from './verdict.module.css'

export function RuntimeSettings({ runtime }: { runtime: RuntimeFormulas }) {
  const { machine } = useSession()
  const dispatch = useDispatch()
  const chosen = settingsIn(machine.settings)
  const set = (name: string, to: string | number | undefined): void => {
    const { [name]: _, ...others } = chosen
    const settings = settingsText(to === undefined ? others : { ...others, [name]: to })
    dispatch({ kind: 'machine', set: { settings } })
  }
  return (
    <details>
      <summary>Settings of {runtime.title}</summary>
      <div className={styles['choices']}>
        {settingsOfRuntime(runtime).map((meta) => (
          <RuntimeSetting
            key={meta.name}
            meta={meta}
            value={chosen[meta.name]}
            onChange={(to) => set(meta.name, to)}
          />
        ))}
      </div>
    </details>
  )
}

interface SettingProps {
  meta: SettingMeta
  /** Undefined where the runtime's own is taken. */
  value: string | number | undefined
  onChange: (to: string | number | undefined) => void
}

function RuntimeSetting({ meta, value, onChange }: SettingProps) {
  const { label, about, type, of, min, max, default_text } = meta
  const id = useId()
  const choices = type === 'flag' ? flagChoices : of?.map((text) => ({ value: text, text }))
  const usual = choices?.find((each) => each.value === default_text)?.text ?? default_text ?? ''
  return (
    <label htmlFor={id} title={about}>
      {label}
      {choices ? (
        <select
          id={id}
          value={value ?? ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
        >
          <option value="">{usual}, as usual</option>
          {choices.map((each) => (
            <option key={each.value} value={each.value}>
              {each.text}
            </option>
          ))}
        </select>
      ) : (
        <NumberField
          id={id}
          label={label}
          value={typeof value === 'number' ? value : null}
          none={{
            text: Number.isFinite(Number(usual)) ? formatExact(Number(usual)) : 'as usual',
            onChoose: () => onChange(undefined),
          }}
          whole={type !== 'number'}
          {...(min !== undefined && { min })}
          {...(max !== undefined && { max })}
          onChange={onChange}
        />
      )}
    </label>
  )
}

const flagChoices = [
  { value: '1', text: 'yes' },
  { value: '0', text: 'no' },
]
