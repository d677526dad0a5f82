/** What the numbers are made of: a stacked bar for each model, as shares or as amounts. */
import { Bar, BarChart, LabelList, XAxis, YAxis } from 'recharts'
import { ratioOf } from './share.ts'
import { written } from '../results/show.ts'
import { Segments } from '../parts/segments.tsx'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import type { ChartTable } from './chart-table.ts'
import { ChartFrame } from './frame.tsx'
import { measures, partFinding, partRows, sumOf } from './parts.ts'
import { partLabel } from './part-label.tsx'
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
  const data = results.map(({ letter, name }, place) => ({
    letter,
    name,
    ...Object.fromEntries(
      rows.map(({ part, values }) => [
        part.id,
        scale === 'share'
          ? ratioOf(values[place] ?? null, wholes[place] ?? null)
          : (values[place] ?? 0),
      ]),
    ),
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
      <BarChart
        responsive
        accessibilityLayer={false}
        layout="vertical"
        data={data}
        style={{ width: '100%', height: 40 + 52 * data.length }}
        margin={{ top: 4, right: 16, bottom: 4, left: data.length > 1 ? 4 : 16 }}
        barCategoryGap={8}
      >
        <XAxis
          type="number"
          domain={[0, scale === 'share' ? 1 : 'dataMax']}
          tickFormatter={(value: number) =>
            scale === 'share'
              ? `${Math.round(value * 100)}%`
              : written(value, measure.counted, manner)
          }
          {...(scale === 'share' ? { ticks: [0, 0.25, 0.5, 0.75, 1] } : {})}
          interval={0}
          tickLine={false}
          axisLine={false}
        />
        <YAxis
          type="category"
          dataKey="letter"
          width={data.length > 1 ? 22 : 0}
          tickLine={false}
          axisLine={false}
        />
        {rows.map(({ part }) => (
          <Bar
            key={part.id}
            dataKey={part.id}
            stackId="whole"
            fill={`var(--part-${part.colour})`}
            stroke="var(--paper)"
            strokeWidth={1.5}
            isAnimationActive={false}
          >
            <LabelList dataKey={part.id} content={partLabel(part.label)} />
          </Bar>
        ))}
      </BarChart>
    </ChartFrame>
  )
}

const percent = (share: number | null): { text: string; value: number | null } => ({
  text:
    share === null ? '—' : share === 0 ? '0%' : `${(share * 100).toFixed(share < 0.001 ? 3 : 1)}%`,
  value: share,
})
