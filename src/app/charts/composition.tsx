/** What the numbers are made of: a stacked bar for each model, as shares or as amounts. */
import { ratioOf } from './share.ts'
import { withoutZeros, written } from '../results/show.ts'
import { Segments } from '../parts/segments.tsx'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { Bars, type Bar } from './bars.tsx'
import type { ChartTable } from './chart-table.ts'
import { ChartFrame } from './frame.tsx'
import { measures, partFinding, partRows, sumOf } from './parts.ts'
import { Swatch } from './swatch.tsx'

const scales = [
  { value: 'share', text: 'Shares' },
  { value: 'amount', text: 'Amounts' },
] as const

export function Composition() {
  const { chart, bytes } = useSession()
  const dispatch = useDispatch()
  const results = useResults()
  const { scale } = chart
  const measure = measures.find(({ id }) => id === chart.quantity) ?? measures[0]!
  const rows = partRows(measure, results)
  const wholes = results.map((_, place) => sumOf(rows, place))
  const bars = results.map(({ letter }, place): Bar => ({
    name: letter,
    parts: rows.map(({ part: { id, label, colour }, values }) => ({
      id,
      label,
      colour: `var(--part-${colour})`,
      value:
        scale === 'share'
          ? (ratioOf(values[place] ?? null, wholes[place] ?? null) ?? 0)
          : (values[place] ?? 0),
    })),
  }))
  const manner = { bytes, flops_per_mac: results[0]!.workload.flops_per_mac }
  const table: ChartTable = {
    head: ['Part', ...results.flatMap(({ name }) => [name, 'Share'])],
    rows: [
      ...rows.map(({ part, values }) => ({
        key: part.id,
        label: <Swatch colour={part.colour} text={part.label} />,
        name: part.label,
        cells: values.flatMap((value, place) => [
          { text: written(value, measure.counted, manner), value },
          percent(ratioOf(value, wholes[place] ?? null)),
        ]),
      })),
      {
        key: 'whole',
        label: 'Together',
        name: 'Together',
        cells: wholes.flatMap((value) => [
          { text: written(value, measure.counted, manner), value },
          percent(value === null ? null : 1),
        ]),
      },
    ],
  }
  return (
    <ChartFrame
      finding={partFinding(rows, measure, results[0]!.name)}
      name={`${measure.title}, parts`}
      table={table}
      controls={
        <>
          <label className="unseen" htmlFor="composition-measure">
            Made of: what
          </label>
          <select
            id="composition-measure"
            value={measure.id}
            onChange={(event) =>
              dispatch({ kind: 'chart', set: { quantity: event.currentTarget.value } })
            }
          >
            {measures.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
          <Segments
            label="Scale"
            value={scale}
            choices={scales}
            onChange={(next) => dispatch({ kind: 'chart', set: { scale: next } })}
          />
        </>
      }
    >
      <Bars
        bars={bars}
        {...(scale === 'amount' && {
          write: (value: number) => withoutZeros(written(value, measure.counted, manner)),
        })}
      />
    </ChartFrame>
  )
}

const percent = (share: number | null): { text: string; value: number | null } => ({
  text:
    share === null
      ? '—'
      : share === 0
        ? '0%'
        : `${share < 1e-6 ? '< 0.0001' : share < 0.001 ? (share * 100).toPrecision(2) : (share * 100).toFixed(1)}%`,
  value: share,
})
