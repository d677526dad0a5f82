/** A slider over orders of magnitude; arrow keys step it as they do any slider. */
import { useMemo } from 'react'
import { formatExact } from '../../engine/numbers.ts'
import { nearestStop, stops } from './steps.ts'

interface Props {
  label: string
  value: number
  min: number
  max: number
  whole?: boolean
  onChange: (value: number) => void
}

export function LogSlider({ label, value, min, max, whole = true, onChange }: Props) {
  const all = useMemo(() => stops(min, max, whole), [min, max, whole])
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={formatExact(value)}
      min={0}
      max={all.length - 1}
      step={1}
      value={nearestStop(value, all)}
      onChange={(event) => onChange(all[event.currentTarget.valueAsNumber]!)}
    />
  )
}
