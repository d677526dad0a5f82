/** Lines on a logarithmic axis, one per series, labelled at their ends and told apart by dash as well as colour. */
import type { ReactNode } from 'react'
import { useMedia } from '../parts/media.ts'
import type { Opened } from '../state/session.ts'
import type { ChartTable } from './chart-table.ts'
import { endLabels } from './end-labels.ts'
import { ChartFrame } from './frame.tsx'
import { LinePlot, type Level } from './line-plot.tsx'
import { below_plot, beside_plot, height, rangeOf, type Plot } from './plot.ts'
import { Reader } from './reader.tsx'
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
  levels?: readonly Level[]
  controls?: ReactNode
  /** What moves the present value. */
  below?: ReactNode
  /** The derivation of a series at a place. */
  opens?: (id: string, place: number) => Opened
  /** Where a table of places and series would not say it. */
  table?: ChartTable
}

/** Above the plot, in pixels. */
const above = 12

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
  const narrow = useMedia('(max-width: 640px)')
  const range = rangeOf(series, levels)
  const plotted = height - above - below_plot
  const ends = endLabels(series, range, plotted, narrow)
  const plot: Plot = {
    places: axis.places,
    range,
    isLog: axis.log !== false,
    left: beside_plot + (narrow ? 0 : 8),
    right: 16 + 7 * Math.max(...ends.map(({ text }) => text.length)),
    top: above,
    height: plotted,
  }
  const drawn = { plot, label: axis.label, series, writePlace: axis.write, write }
  return (
    <ChartFrame
      finding={finding}
      name={name}
      table={table}
      open={false}
      controls={controls}
      below={below}
      over={<Reader {...drawn} now={now} onMove={onMove} />}
    >
      <LinePlot {...drawn} ends={ends} levels={levels} />
    </ChartFrame>
  )
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
