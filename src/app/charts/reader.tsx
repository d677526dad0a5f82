/** Over a chart of lines: all values at the place that is pointed at or walked to by arrow keys, and the present value, which can be dragged. */
import { useDeferredValue, useState, type PointerEvent } from 'react'
import { nearestStop } from '../parts/steps.ts'
import type { Series } from './series.ts'
import styles from './reader.module.css'

export interface Plot {
  places: readonly number[]
  /** Of the value axis. */
  range: readonly [number, number]
  isLog: boolean
  /** Pixels beside the plot. */
  left: number
  right: number
  top: number
  height: number
}

interface Props {
  plot: Plot
  label: string
  series: readonly Series[]
  writePlace: (place: number) => string
  write: (value: number) => string
  now?: number | undefined
  onMove?: ((place: number) => void) | undefined
}

export function Reader({ plot, label, series, writePlace, write, now: present, onMove }: Props) {
  const { places, left, right, top, height } = plot
  const [read, setRead] = useState<number | null>(null)
  // The marker stands where it is held, and let go until what it moved has followed.
  const [held, setHeld] = useState<number | null>(null)
  const last = useDeferredValue(held)
  const now = held ?? last ?? present
  const across = (place: number): number => 100 * shareOf(place, [places[0]!, places.at(-1)!], plot.isLog)
  const down = (value: number): number => 100 * (1 - shareOf(value, plot.range, true))
  const nearest = (event: PointerEvent<HTMLElement>): number => {
    const { left: start, width } = event.currentTarget.closest('[data-plot]')!.getBoundingClientRect()
    const at = (100 * (event.clientX - start)) / width
    return places.reduce((best, place, index) => (Math.abs(across(place) - at) < Math.abs(across(places[best]!) - at) ? index : best), 0)
  }
  const isInside = now !== undefined && now >= places[0]! && now <= places.at(-1)!
  const at = Math.min(read ?? (now === undefined ? places.length - 1 : nearestStop(now, places)), places.length - 1)
  const place = places[at]!
  const values = series.flatMap(({ id, label: name, colour, values: all, texts }) => {
    const value = all[at] ?? null
    return value === null ? [] : [{ id, name, colour, value, text: texts?.[at] ?? write(value) }]
  })
  const said = values.map(({ name, text }) => `${name} ${text}`).join(', ') || 'no value'
  return (
    <>
      <div
        data-plot
        className={styles['plot']}
        style={{ left, right, top, height }}
        onPointerMove={(event) => setRead(nearest(event))}
        onPointerDown={(event) => setRead(nearest(event))}
        onPointerLeave={() => setRead(null)}
      >
        {read !== null && <div className={styles['line']} style={{ left: `${across(place)}%` }} />}
        {(read !== null || isInside) &&
          values.filter(({ value }) => value > 0).map(({ id, colour, value }) => (
            <div key={id} className={styles['dot']} style={{ left: `${across(place)}%`, top: `${down(value)}%`, background: colour }} />
          ))}
        {isInside && (
          <div
            data-marker
            className={styles['marker']}
            data-moves={onMove !== undefined}
            style={{ left: `${across(now)}%` }}
            {...(onMove && {
              onPointerDown: (event: PointerEvent<HTMLElement>) => event.currentTarget.setPointerCapture(event.pointerId),
              onPointerMove: (event: PointerEvent<HTMLElement>) => {
                if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
                event.stopPropagation()
                setRead(null)
                const to = places[nearest(event)]!
                setHeld(to)
                onMove(to)
              },
              onLostPointerCapture: () => setHeld(null),
            })}
          />
        )}
      </div>
      <input
        type="range"
        className={styles['keys']}
        aria-label={`Values at each ${label}`}
        aria-valuetext={`${writePlace(place)}: ${said}`}
        min={0}
        max={places.length - 1}
        value={at}
        onChange={(event) => setRead(event.currentTarget.valueAsNumber)}
        onBlur={() => setRead(null)}
      />
      <p className={styles['reading']} aria-hidden="true">
        <b>{`${label} ${writePlace(place)}`}</b>
        {values.map(({ id, name, colour, text }) => (
          <span key={id}>
            <i style={{ background: colour }} />
            {name} <b>{text}</b>
          </span>
        ))}
      </p>
    </>
  )
} // prettier-ignore

export const shareOf = (
  value: number,
  [low, high]: readonly [number, number],
  isLog: boolean,
): number =>
  high === low
    ? 0.5
    : isLog
      ? Math.log(value / low) / Math.log(high / low)
      : (value - low) / (high - low)
