/** Lines on logarithmic axes, told apart by dash and colour, with their names and last values below. */
import { shortText } from '../../dictionary/show.ts'
import { writeContext } from '../charts/contexts.ts'
import { dashOf } from '../charts/dashes.ts'
import { useWidth } from '../charts/use-width.ts'
import { letters } from '../models/letters.ts'
import { scaleOf } from '../parts/scale.ts'
import { withoutZeros } from '../results/show.ts'
import styles from './entry.module.css'
import type { PictureOf } from './picture-of.ts'

const height = 220
const plot = { left: 72, right: 10, top: 10, bottom: 40 }

export function LinesPicture({ picture: { along, unit, lines } }: { picture: PictureOf<'lines'> }) {
  const [frame, measured] = useWidth()
  const width = measured ?? 640
  const log = along.are === 'tokens'
  const across = scaleOf(log ? 'log' : 'linear', along.places)
  const up = scaleOf(
    'log',
    lines.flatMap(({ values }) => values),
  )
  const x = (place: number): number =>
    plot.left + (across.at(place) ?? 0) * (width - plot.left - plot.right)
  const y = (value: number): number =>
    height - plot.bottom - (up.at(value) ?? 0) * (height - plot.top - plot.bottom)
  const path = (values: readonly number[]): string =>
    values
      .map(
        (value, at) =>
          `${at === 0 ? 'M' : 'L'}${x(along.places[at]!).toFixed(1)} ${y(value).toFixed(1)}`,
      )
      .join('')
  const ticks = log ? powersOfTwo(along.places, width) : across.ticks
  return (
    <>
      <div ref={frame} className={styles['lines']}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {up.ticks.map((tick) => (
            <g key={tick}>
              <path
                d={`M${plot.left} ${y(tick)}H${width - plot.right}`}
                className={styles['rule']}
              />
              <text x={plot.left - 8} y={y(tick) + 4} textAnchor="end">
                {withoutZeros(shortText(tick, unit))}
              </text>
            </g>
          ))}
          {ticks.map((tick) => (
            <text key={tick} x={x(tick)} y={height - plot.bottom + 16} textAnchor="middle">
              {log ? writeContext(tick) : tick}
            </text>
          ))}
          <text x={width - plot.right} y={height - 6} textAnchor="end">
            {along.label}
          </text>
          {lines.map(({ label, values }, at) => (
            <path
              key={label}
              d={path(values)}
              className={styles['line']}
              stroke={hueOf(at)}
              strokeDasharray={dashOf[letters[at]!]}
            />
          ))}
        </svg>
      </div>
      <ul className={styles['names']}>
        {lines.map(({ label, values }, at) => (
          <li key={label}>
            <svg width={24} height={8} aria-hidden="true">
              <path
                d="M0 4h24"
                className={styles['line']}
                stroke={hueOf(at)}
                strokeDasharray={dashOf[letters[at]!]}
              />
            </svg>
            {`${label}: ${log ? `${shortText(values.at(-1)!, unit)} at ${writeContext(along.places.at(-1)!)}` : `${shortText(values[0]!, unit)} to ${shortText(values.at(-1)!, unit)}`}`}
          </li>
        ))}
      </ul>
    </>
  )
}

const hueOf = (at: number): string => `var(--${letters[at]!.toLowerCase()})`

/** As many as there is room for. */
function powersOfTwo(places: readonly number[], width: number): number[] {
  const every = Math.ceil((places.length * 52) / Math.max(1, width - plot.left))
  return places.filter((_, at) => at % every === 0)
}
