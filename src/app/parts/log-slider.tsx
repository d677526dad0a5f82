/** A slider over orders of magnitude; arrow keys step it as they do any slider. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { formatExact } from '../../engine/numbers.ts'
import { nextPaint } from './next-paint.ts'
import { nearestStop, stops } from './steps.ts'

interface Props {
  label: string
  value: number
  min: number
  max: number
  whole?: boolean
  onChange: (value: number) => void
}

/** A press, or a key, moves the thumb at once and all else when that is painted; while the thumb is dragged all moves with it. */
export function LogSlider({ label, value, min, max, whole = true, onChange }: Props) {
  const all = useMemo(() => stops(min, max, whole), [min, max, whole])
  const isPress = useRef(false)
  const [pressed, setPressed] = useState<number | null>(null)
  useEffect(() => {
    if (pressed === null) return undefined
    let isLate = false
    void nextPaint().then(() => {
      if (isLate) return
      setPressed(null)
      onChange(pressed)
    })
    return () => {
      isLate = true
    }
  }, [pressed, onChange])
  const shown = pressed ?? value
  const press = (): void => {
    isPress.current = true
  }
  const move = (next: number): void => {
    setPressed(isPress.current ? next : null)
    if (!isPress.current) onChange(next)
    isPress.current = false
  }
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={formatExact(shown)}
      min={0}
      max={all.length - 1}
      step={1}
      value={nearestStop(shown, all)}
      onPointerDown={press}
      onKeyDown={press}
      onChange={(event) => move(all[event.currentTarget.valueAsNumber]!)}
    />
  )
}
