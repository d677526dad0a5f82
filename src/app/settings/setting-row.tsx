/** One setting of a block, with the field its type asks for. */
import { memo } from 'react'
import type { PlacedBlock } from '../../engine/index.ts'
import type { SettingMeta } from '../../formulas/index.ts'
import type { SettingValue } from '../models/changes.ts'
import type { Letter } from '../models/letters.ts'
import type { Slot } from '../models/slot.ts'
import { useDispatch } from '../state/store.tsx'
import { LogSlider } from '../parts/log-slider.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { problemAt } from './problem-at.ts'
import { Row } from './row.tsx'

interface Props {
  slot: Slot
  block: PlacedBlock
  meta: SettingMeta
}

export function SettingRow({ slot, block, meta }: Props) {
  const address = `${block.address}.${meta.name}`
  const stated = block.given[meta.name] !== undefined
  return (
    <Setting
      letter={slot.letter}
      address={address}
      meta={meta}
      value={valueOf(slot, block, meta, address)}
      isChanged={address in slot.changes}
      origin={stated ? statedIn(slot, meta) : (followsFrom(meta) ?? 'default')}
      problem={problemAt(slot, address)}
    />
  )
}

interface SettingProps {
  letter: Letter
  address: string
  meta: SettingMeta
  value: SettingValue
  isChanged: boolean
  origin: string
  problem: string | undefined
}

/** Drawn anew only where it shows something else: a drag changes few of many settings. */
const Setting = memo(function Setting({
  letter,
  address,
  meta,
  value,
  isChanged,
  origin,
  problem,
}: SettingProps) {
  const dispatch = useDispatch()
  const change = (next: SettingValue): void =>
    dispatch({ kind: 'change', letter, address, value: next })
  return (
    <Row
      letter={letter}
      address={address}
      label={meta.label}
      symbol={meta.symbol}
      about={meta.about}
      isChanged={isChanged}
      origin={origin}
    >
      {(id) => <Field id={id} meta={meta} value={value} onChange={change} problem={problem} />}
    </Row>
  )
})

/** What was chosen here, sound or not; else what the model holds. */
function valueOf(slot: Slot, block: PlacedBlock, meta: SettingMeta, address: string): SettingValue {
  const chosen = slot.changes[address]
  // What is no single value is no setting's; a link may say it all the same.
  if (chosen !== undefined && (typeof chosen !== 'object' || chosen === null)) return chosen
  const held = block.settings[meta.name]
  if (typeof held === 'string') return held
  if (typeof held !== 'number') return null
  const none = meta.none === 'infinity' ? held === Infinity : meta.none === '0' && held === 0
  return none ? null : held
}

const followsFrom = ({ follows, default_text, none }: SettingMeta): string | null =>
  follows === undefined || none !== undefined ? null : `= ${default_text}`

/** The key of the imported file that says it. */
function statedIn({ origin: { report } }: Slot, { config_keys }: SettingMeta): string {
  if (report === null) return 'architecture'
  const among = (keys: readonly string[]): string | undefined =>
    keys.find((key) => config_keys.includes(key.slice(key.lastIndexOf('.') + 1)))
  const missing = among([...Object.keys(report.defaulted), ...Object.keys(report.derived)])
  return among(Object.keys(report.read)) ?? (missing ? `${missing}, left out` : 'import')
}

interface FieldProps {
  id: string
  meta: SettingMeta
  value: SettingValue
  onChange: (value: SettingValue) => void
  problem: string | undefined
}

function Field({ id, meta, value, onChange, problem }: FieldProps) {
  switch (meta.type) {
    case 'flag':
      return (
        <input
          id={id}
          type="checkbox"
          checked={value === 1 || value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <select
          id={id}
          value={String(value ?? 'none')}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {meta.of!.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      )
    case 'count':
    case 'tokens':
    case 'number':
      return <Amount id={id} meta={meta} value={value} onChange={onChange} problem={problem} />
    case 'list':
    case 'block':
      return null
  }
}

function Amount({ id, meta, value, onChange, problem }: FieldProps) {
  const whole = meta.type !== 'number'
  const min = meta.min ?? (whole ? 1 : 0)
  const amount = typeof value === 'number' ? value : null
  const none =
    meta.none === undefined ? undefined : { text: 'none', onChoose: () => onChange(null) }
  return (
    <>
      <NumberField
        id={id}
        label={meta.label}
        value={amount}
        whole={whole}
        min={min}
        {...(meta.max !== undefined && { max: meta.max })}
        none={none}
        problem={problem}
        onChange={onChange}
      />
      {amount !== null && amount > 0 && (
        <LogSlider
          label={`${meta.label}, slider`}
          value={amount}
          whole={whole}
          min={Math.max(min, whole ? 1 : 1e-3)}
          max={meta.max ?? farEnough(amount)}
          onChange={onChange}
        />
      )}
    </>
  )
}

/** Three doublings above, on a power of two, so that the slider's end stays put while it is dragged. */
const farEnough = (value: number): number =>
  2 ** (Math.ceil(Math.log2(Math.max(value, 4)) / 3) * 3 + 3)
