/** Lines on a logarithmic axis, one per series, labelled at their ends and told apart by dash as well as colour. */
import type { ReactNode } from 'react'
import { LabelList, Line, LineChart, ReferenceLine, XAxis, YAxis, type LabelProps } from 'recharts'
import { useMedia } from '../parts/media.ts'
import { withoutZeros } from '../results/show.ts'
import type { Opened } from '../state/session.ts'
import { endLabels, wide, type EndLabel } from './end-labels.ts'
import type { ChartTable } from './chart-table.ts'
import { ChartFrame } from './frame.tsx'
import { Reader, shareOf } from './reader.tsx'
import type { Series } from './series.ts'

interface Props {
  finding: string
  name: string
  /** Along the bottom, rising. */
  axis: {
    label: string
    places: readonly number[]
    write: (value: number) => string
    log?: boolean
  }
  series: readonly Series[]
  write: (value: number) => string
  /** Where the calculator stands now. */
  now?: number | undefined
  /** Where its marker may be dragged to: one of the places. */
  onMove?: (place: number) => void
  /** Levels to hold the lines against, such as the memory of a device. */
  levels?: readonly { label: string; value: number }[]
  controls?: ReactNode
  /** What moves the present value. */
  below?: ReactNode
  /** The derivation of a series at a place. */
  opens?: (id: string, place: number) => Opened
  /** Where a table of places and series would not say it. */
  table?: ChartTable
}

/** In pixels: of the whole, of the axis below, and of the one to the left. */
const height = 320
const below_plot = 46
const beside_plot = 92

export function Lines({
  finding,
  name,
  axis,
  series,
  write,
  now,
  onMove,
  levels = [],
  controls,
  below,
  opens,
  table = tableOf(axis, series, write, opens),
}: Props) {
  // A logarithmic axis has no place for 0.
  const positive = (value: number | null): number | null =>
    value !== null && value > 0 ? value : null
  const data = axis.places.map((place, at) => ({
    place,
    ...Object.fromEntries(series.map(({ id, values }) => [id, positive(values[at] ?? null)])),
  }))
  const all = [...series.flatMap(({ values }) => values), ...levels.map(({ value }) => value)]
  const heights = all.filter((value): value is number => value !== null && value > 0)
  const range = rangeOf(heights)
  const last = axis.places.length - 1
  const narrow = useMedia('(max-width: 640px)')
  const limits = [axis.places[0]!, axis.places[last]!] as const
  const through = levels.map(({ label, value }) => ({ label, values: axis.places.map(() => value), isLevel: true })) // prettier-ignore
  const ends = endLabels([...series, ...through], {
    along: axis.places.map((place) => shareOf(place, limits, axis.log !== false)),
    range,
    height: height - 12 - below_plot,
    isNarrow: narrow,
  })
  const room = 16 + wide * Math.max(...ends.map(({ text }) => text.length))
  const margin = { top: 12, right: room, bottom: 4, left: narrow ? 0 : 8 }
  return (
    <ChartFrame
      finding={finding}
      name={name}
      table={table}
      open={false}
      controls={controls}
      below={below}
      over={
        <Reader
          plot={{
            places: axis.places,
            range,
            isLog: axis.log !== false,
            left: margin.left + beside_plot,
            right: room,
            top: margin.top,
            height: height - margin.top - below_plot,
          }}
          label={axis.label}
          series={series}
          writePlace={axis.write}
          write={write}
          now={now}
          onMove={onMove}
        />
      }
    >
      <LineChart
        responsive
        accessibilityLayer={false}
        data={data}
        margin={margin}
        style={{ width: '100%', height }}
      >
        <XAxis
          dataKey="place"
          label={{ value: axis.label, position: 'insideBottomRight', offset: 0 }}
          height={below_plot - margin.bottom}
          type="number"
          scale={axis.log === false ? 'linear' : 'log'}
          domain={[...limits]}
          ticks={ticksAmong(axis.places, axis.log !== false)}
          tickFormatter={axis.write}
          tickLine={false}
          minTickGap={24}
        />
        <YAxis
          type="number"
          scale="log"
          domain={[range[0], range[1]]}
          ticks={decades(...range)}
          // In one line: a number and its unit belong together.
          tickFormatter={(value: number) => withoutZeros(write(value)).replaceAll(' ', '\u00A0')}
          width={beside_plot}
          tickLine={false}
          axisLine={false}
        />
        {levels.map(({ label, value }, at) => (
          <ReferenceLine
            key={label}
            y={value}
            stroke="var(--soft)"
            strokeDasharray="2 4"
            label={levelLabel(ends[series.length + at]!)}
          />
        ))}
        {series.map(({ id, colour, dashed, dash, isPoints = false }, at) => (
          <Line
            key={id}
            dataKey={id}
            stroke={isPoints ? 'none' : colour}
            strokeWidth={2}
            {...(dashed || dash ? { strokeDasharray: dash ?? '7 4' } : {})}
            dot={isPoints && { r: 4, fill: colour, stroke: 'var(--paper)', strokeDasharray: '' }}
            activeDot={false}
            isAnimationActive={false}
          >
            <LabelList dataKey={id} content={endLabel(ends[at]!, colour, isPoints)} />
          </Line>
        ))}
      </LineChart>
    </ChartFrame>
  )
}

/** What hardly changes looks so: a logarithmic axis spans a factor of ten at least. */
function rangeOf(heights: readonly number[]): readonly [number, number] {
  if (heights.length === 0) return [1, 10]
  const [low, high] = [Math.min(...heights), Math.max(...heights)]
  const room = Math.sqrt(Math.max(1, (10 * low) / high))
  return [low / room, high * room]
}

/** The series' name where its line ends; over the last of its points. */
const endLabel = ({ text, shift, last }: EndLabel, colour: string, isPoints: boolean) => {
  const Label = ({ index, x, y }: LabelProps) =>
    index === last && x !== undefined && y !== undefined ? (
      <text
        x={Number(x) + (isPoints ? 0 : 8)}
        y={Number(y) + (isPoints ? -12 : 4 + shift)}
        textAnchor={isPoints ? 'end' : 'start'}
        fill={colour}
        fontSize={12}
        data-on
        {...halo}
      >
        {text}
      </text>
    ) : null
  return Label
}

/** Legible where another line passes below. */
const halo = { paintOrder: 'stroke', stroke: 'var(--paper)', strokeWidth: 3 } as const

const levelLabel = ({ text, shift }: EndLabel) => {
  const Label = ({ viewBox }: LabelProps) => {
    const { x = 0, y = 0, width = 0 } = viewBox as { x?: number; y?: number; width?: number }
    return (
      <text x={x + width + 8} y={y + 4 + shift} fill="var(--soft)" fontSize={12}>
        {text}
      </text>
    )
  }
  return Label
}

const tableOf = (
  axis: Props['axis'],
  series: readonly Series[],
  write: Props['write'],
  opens: Props['opens'],
): ChartTable => ({
  head: [axis.label, ...series.map(({ label }) => label)],
  rows: axis.places.map((place, at) => ({
    key: String(place),
    label: axis.write(place),
    name: String(place),
    cells: series.map(({ id, values }) => {
      const value = values[at] ?? null
      if (value === null) return { text: '—', value }
      return { text: write(value), value, ...(opens && { opens: opens(id, place) }) }
    }),
  })),
})

/** About six of the places, powers of two where there are enough; round numbers where places are none. */
function ticksAmong(places: readonly number[], isLog: boolean): number[] {
  const powers = isLog ? places.filter((place) => Number.isInteger(Math.log2(place))) : []
  if (isLog && powers.length < 4 && !places.every(Number.isInteger))
    return decades(places[0]!, places.at(-1)!)
  const some = powers.length >= 4 ? powers : places
  const every = Math.max(1, Math.ceil(some.length / 6))
  return some.filter((_, at) => at % every === 0)
}

/** Powers of ten inside the range; 1, 2, 5 of each where there are fewer than two; its ends where that is not enough. */
function decades(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low))
  const powers = Array.from(
    { length: Math.floor(Math.log10(high)) - first + 1 },
    (_, at) => 10 ** (first + at),
  )
  const inside = (ticks: readonly number[]): number[] =>
    ticks.filter((tick) => tick >= low && tick <= high)
  const round = inside(powers)
  if (round.length >= 2) return round
  const finer = inside(powers.flatMap((power) => [power, 2 * power, 5 * power]))
  return finer.length >= 2 ? finer : [low, high]
}
