/** Lines with their axes as SVG, named where they end. */
import { withoutZeros } from '../results/show.ts'
import type { EndLabel } from './end-labels.ts'
import { decades, height, shareAcross, shareDown, ticksAmong, type Plot } from './plot.ts'
import type { Series } from './series.ts'
import { useWidth } from './use-width.ts'

/** A level to hold lines against, such as the memory of a device. */
export interface Level {
  label: string
  value: number
}

interface Props {
  plot: Plot
  label: string
  series: readonly Series[]
  /** One for each line. */
  ends: readonly EndLabel[]
  levels: readonly Level[]
  writePlace: (place: number) => string
  write: (value: number) => string
}

/** Pixels that a letter takes, and that names of places keep between them. */
const letter = 6.6
const apart = 24

export function LinePlot({ plot, label, series, ends, levels, writePlace, write }: Props) {
  const [frame, measured] = useWidth()
  const width = measured ?? 640
  const right = width - plot.right
  const bottom = plot.top + plot.height
  const x = (place: number): number => plot.left + shareAcross(plot, place) * (right - plot.left)
  const y = (value: number): number => plot.top + shareDown(plot, value) * plot.height
  const ticks = ticksAmong(plot).map((place) => ({ at: x(place), text: writePlace(place) }))
  return (
    <div ref={frame} style={{ minHeight: height }}>
      <svg width={width} height={height}>
        <path d={`M${plot.left} ${bottom}H${right}`} stroke="var(--edge)" />
        {spread(ticks).map(({ at, text }) => (
          <text key={at} x={at} y={bottom + 17} textAnchor="middle">
            {text}
          </text>
        ))}
        <text x={right} y={height - 4} textAnchor="end">
          {label}
        </text>
        {decades(...plot.range).map((value) => (
          <text key={value} x={plot.left - 8} y={y(value) + 4} textAnchor="end">
            {/* In one line: a number and its unit belong together. */}
            {withoutZeros(write(value)).replaceAll(' ', '\u00A0')}
          </text>
        ))}
        {levels.map(({ label: name, value }) => (
          <g key={name}>
            <path d={`M${plot.left} ${y(value)}H${right}`} stroke="var(--soft)" strokeDasharray="2 4" />
            <text x={plot.left + 5} y={y(value) + 15}>
              {name}
            </text>
          </g>
        ))}
        {series.map((line, at) => {
          const points = pointsOf(line, plot.places, x, y)
          return (
            <g key={line.id}>
              {line.isPoints ? (
                points.flat().map(([left, top]) => (
                  <circle key={left} cx={left} cy={top} r={4} fill={line.colour} stroke="var(--paper)" />
                ))
              ) : (
                <path
                  d={points.map(pathOf).join('')}
                  fill="none"
                  stroke={line.colour}
                  strokeWidth={2}
                  strokeDasharray={line.dash ?? (line.dashed ? '7 4' : undefined)}
                />
              )}
              <End label={ends[at]!} at={points.flat().at(-1)} line={line} />
            </g>
          )
        })}
      </svg>
    </div>
  )
} // prettier-ignore

type Point = readonly [x: number, y: number]

/** Stretches of a line between places where it has no value. A logarithmic axis has no place for 0. */
function pointsOf(
  { values }: Series,
  places: readonly number[],
  x: (place: number) => number,
  y: (value: number) => number,
): Point[][] {
  const stretches: Point[][] = [[]]
  places.forEach((place, at) => {
    const value = values[at] ?? null
    if (value !== null && value > 0) stretches.at(-1)!.push([x(place), y(value)])
    else stretches.push([])
  })
  return stretches.filter((stretch) => stretch.length > 0)
}

const pathOf = (points: readonly Point[]): string =>
  `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`

interface EndProps {
  label: EndLabel
  /** Of the line's last point; undefined where it has none. */
  at: Point | undefined
  line: Series
}

/** The series' name where its line ends; over the last of its points. */
function End({ label: { text, shift }, at, line: { colour, isPoints = false } }: EndProps) {
  if (!at) return null
  return (
    <text
      x={at[0] + (isPoints ? 0 : 8)}
      y={at[1] + (isPoints ? -12 : 4 + shift)}
      textAnchor={isPoints ? 'end' : 'start'}
      fill={colour}
      fontSize={12}
      data-on
    >
      {text}
    </text>
  )
}

/** Those that leave room between them, the last for certain. */
function spread<Tick extends { at: number; text: string }>(ticks: readonly Tick[]): Tick[] {
  const kept: Tick[] = []
  let free = Infinity
  for (const tick of ticks.toReversed()) {
    const half = (tick.text.length * letter) / 2
    if (tick.at + half > free) continue
    kept.unshift(tick)
    free = tick.at - half - apart
  }
  return kept
}
