/** Any quantity against any setting, for all models; the present value can be moved along the axis. */
import { useMemo, useState } from 'react'
import { quantities } from '../../engine/explain/totals.ts'
import { presentValue, type Setting } from '../../engine/vary/index.ts'
import { formatShort } from '../../engine/numbers.ts'
import { written, type Counted } from '../results/show.ts'
import { lowered } from '../parts/lowered.ts'
import { nearestStop } from '../parts/steps.ts'
import { Now, useActive, useDispatch, useResults, useSession } from '../state/store.tsx'
import { writeContext } from './contexts.ts'
import { dashOf } from './dashes.ts'
import styles from './frame.module.css'
import { Lines } from './lines.tsx'
import type { Series } from './series.ts'
import { placesAround, sweepable, swept } from './swept.ts'

const counts: Record<string, Counted> = { parameter: 'parameter', byte: 'byte', FLOP: 'FLOP' }

export function Sweep() {
  const { chart, bytes } = useSession()
  const active = useActive()
  const results = useResults()
  const dispatch = useDispatch()
  const settings = useMemo(() => sweepable(active), [active])
  const setting = settings.find(({ address }) => address === chart.against) ?? settings.at(-1)!
  const quantity = quantities.find(({ name }) => name === chart.quantity) ?? usual
  const present = presentValue(active.model, active.workload, setting) as number
  const middle = useMiddle(setting.address, present)
  const { places, answers } = useMemo(
    () => swept(results, setting.address, quantity.name, placesAround(setting, middle, present)),
    [results, setting, quantity, middle, present],
  )
  const manner = { bytes, flops_per_mac: active.workload.flops_per_mac }
  const write = (value: number): string => written(value, counts[quantity.unit] ?? 'plain', manner)
  const move = (value: number): void => {
    if (setting.place.of === 'workload')
      dispatch({ kind: 'workload', set: { [setting.place.key]: value } })
    else dispatch({ kind: 'change', letter: active.letter, address: setting.address, value })
  }
  const series = results.map(({ letter, name }, at): Series => ({
    id: letter,
    label: results.length > 1 ? `${letter} ${name}` : name,
    colour: `var(--${letter.toLowerCase()})`,
    dash: dashOf[letter],
    values: answers[at]!,
  }))
  const controls = (
    <>
      <Choice
        label="Quantity"
        value={quantity.name}
        options={quantities.map(({ name, label }) => ({ value: name, text: label }))}
        onChange={(next) => dispatch({ kind: 'chart', set: { quantity: next } })}
      />
      <span aria-hidden="true">against</span>
      <Choice
        label="Setting"
        value={setting.address}
        options={settings.map(({ address, label }) => ({
          value: address,
          text: address.includes('.') ? `${label} (${address})` : label,
        }))}
        onChange={(next) => dispatch({ kind: 'chart', set: { against: next } })}
      />
    </>
  )
  if (places.length < 2)
    return (
      <>
        <div className={styles['controls']}>{controls}</div>
        <p>{`${quantity.label} does not apply to these models, or ${lowered(setting.label)} has no other value.`}</p>
      </>
    )
  const place = results.findIndex(({ letter }) => letter === active.letter)
  return (
    <Lines
      finding={findingOf(
        setting,
        quantity.label,
        present,
        places,
        answers[place]!,
        results.length > 1 ? active.name : null,
      )}
      name={`${quantity.label} against ${setting.label}`}
      axis={{
        label: setting.label,
        places,
        write: setting.address === 'context' ? writeContext : formatShort,
      }}
      series={series}
      write={write}
      now={present}
      onMove={move}
      controls={controls}
      below={
        <Now>
          <Mover setting={setting} places={places} onMove={move} />
        </Now>
      }
    />
  )
}

interface MoverProps {
  setting: Setting
  places: readonly number[]
  onMove: (value: number) => void
}

function Mover({ setting, places, onMove }: MoverProps) {
  const { name, model, workload } = useActive()
  const present = presentValue(model, workload, setting) as number
  return (
    <label className={styles['move']}>
      {`${setting.label} of ${name}`}
      <input
        type="range"
        min={0}
        max={places.length - 1}
        value={nearestStop(present, places)}
        aria-valuetext={formatShort(present)}
        onChange={(event) => onMove(places[event.currentTarget.valueAsNumber]!)}
      />
    </label>
  )
}

/** The value the axis is laid around: it stays while the present one is moved along the axis, and follows it beyond. */
function useMiddle(address: string, present: number): number {
  const [around, setAround] = useState({ address, value: present })
  const { value } = around
  if (around.address === address && present >= value / 8 && present <= value * 8) return value
  setAround({ address, value: present })
  return present
}

const usual = quantities.find(({ name }) => name === 'cache.bytes')!

/** What a doubling does, from where the model stands. */
function findingOf(
  { label }: Setting,
  quantity: string,
  present: number,
  places: readonly number[],
  answers: readonly (number | null)[],
  /** Where there are several models. */
  name: string | null,
): string {
  const of = name === null ? '' : ` of ${name}`
  const now = answers[places.indexOf(present)]
  const then = answers[places.indexOf(2 * present)]
  if (!now || then === null || then === undefined) return `${quantity} against ${lowered(label)}`
  const times = then / now
  return times === 1
    ? `${label} does not change the ${lowered(quantity)}${of}`
    : `Twice the ${lowered(label)}, ${times.toPrecision(3)} times the ${lowered(quantity)}${of}`
}

interface ChoiceProps {
  label: string
  value: string
  options: readonly { value: string; text: string }[]
  onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      className={styles['choice']}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  )
}
