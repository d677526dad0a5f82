/** From one model's number to another's, cause by cause. */
import { useMemo } from 'react'
import { Bar, BarChart, Cell, LabelList, ReferenceLine, XAxis, YAxis } from 'recharts'
import { why, type Cause } from '../../engine/ask/compare/why.ts'
import { causeLabel } from '../derivation/cause.ts'
import { valueText } from '../results/value-text.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { quantityGroups, quantityOf } from '../results/quantities.ts'
import { ratio, written } from '../results/show.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import type { ChartTable } from './chart-table.ts'
import { ChartFrame } from './frame.tsx'
import styles from './frame.module.css'

/** As many causes as can be told apart; the rest stands together. */
const shown = 7

interface Step {
  id: string
  label: string
  from: number
  to: number
  cause: Cause | null
}

export function Difference() {
  const session = useSession()
  const dispatch = useDispatch()
  const results = useResults()
  const base = results.find(({ letter }) => letter === session.baseline) ?? results[0]!
  const others = results.filter((result) => result !== base)
  const other = others.find(({ letter }) => letter === session.active) ?? others[0] ?? base
  const chosen = session.chart.difference
  // An encoder that has taken a model's place has no cache to differ in.
  const both = [base, other].every(({ cost }) => (quantityOf(chosen)?.of(cost) ?? null) !== null)
  const id = both ? chosen : 'params.total'
  const quantity = quantityOf(id)!
  const { causes, a, b } = useMemo(() => why(base, other, id), [base, other, id])
  const manner = { bytes: session.bytes, flops_per_mac: base.workload.flops_per_mac }
  const write = (value: number): string => written(value, quantity.counted, manner)
  const steps = stepsOf(base, other, a, b, causes)
  const table: ChartTable = {
    head: ['Cause', base.name, other.name, 'Adds', 'Share'],
    rows: causes.map((cause) => ({
      key: cause.address,
      label: `${causeLabel(cause)} (${cause.address})`,
      name: cause.address,
      cells: [
        textCell(cause.a),
        textCell(cause.b),
        { text: signed(cause.amount, write), value: cause.amount },
        { text: `${(100 * cause.share).toFixed(1)}%`.replace('-', '−'), value: cause.share },
      ],
    })),
  }
  return (
    <ChartFrame
      finding={findingOf(quantity, base, other, a, b, causes)}
      name={`From ${base.name} to ${other.name}`}
      table={table}
      controls={
        <select
          aria-label="Quantity"
          className={styles['choice']}
          value={id}
          onChange={(event) =>
            dispatch({ kind: 'chart', set: { difference: event.currentTarget.value } })
          }
        >
          {quantityGroups.map(({ id: group, title, rows }) => (
            <optgroup key={group} label={title}>
              {rows
                .filter(({ of }) => of(base.cost) !== null && of(other.cost) !== null)
                .map((row) => (
                  <option key={row.id} value={row.id}>
                    {row.label}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      }
    >
      <BarChart
        responsive
        accessibilityLayer={false}
        layout="vertical"
        data={steps.map((step) => ({
          ...step,
          range: [step.from, step.to],
          // Part of the data: what formats it later may run with the steps of another render.
          amount: labelOf(step, write),
        }))}
        style={{ width: '100%', height: 30 + 34 * steps.length }}
        margin={{ top: 4, right: 90, bottom: 4, left: 4 }}
        barCategoryGap={6}
      >
        <XAxis
          type="number"
          tickFormatter={write}
          tickLine={false}
          axisLine={false}
          minTickGap={30}
        />
        <YAxis type="category" dataKey="label" width={190} tickLine={false} axisLine={false} />
        <ReferenceLine x={0} stroke="var(--line)" />
        <Bar dataKey="range" isAnimationActive={false}>
          {steps.map((step) => (
            <Cell key={step.id} fill={fillOf(step, base, other)} />
          ))}
          <LabelList dataKey="amount" position="right" />
        </Bar>
      </BarChart>
    </ChartFrame>
  )
}

function stepsOf(
  base: Evaluated,
  other: Evaluated,
  a: number,
  b: number,
  causes: readonly Cause[],
): Step[] {
  const rest = causes.slice(shown).reduce((sum, { amount }) => sum + amount, 0)
  let at = a
  const walked = causes.slice(0, shown).map((cause): Step => {
    const from = at
    at += cause.amount
    const label = causeLabel(cause)
    const twin = causes.some((each) => each !== cause && causeLabel(each) === label)
    return { id: cause.address, label: twin ? cause.address : label, from, to: at, cause }
  })
  const together: Step[] =
    rest === 0 ? [] : [{ id: 'rest', label: 'All else', from: at, to: b, cause: null }]
  return [
    { id: 'a', label: `${base.letter} ${base.name}`, from: 0, to: a, cause: null },
    ...walked,
    ...together,
    { id: 'b', label: `${other.letter} ${other.name}`, from: 0, to: b, cause: null },
  ]
}

const fillOf = ({ id, from, to }: Step, base: Evaluated, other: Evaluated): string => {
  if (id === 'a') return `var(--${base.letter.toLowerCase()})`
  if (id === 'b') return `var(--${other.letter.toLowerCase()})`
  return to >= from ? 'var(--part-router)' : 'var(--part-ffn)'
}

const labelOf = ({ id, from, to }: Step, write: (value: number) => string): string =>
  id === 'a' || id === 'b' ? write(to) : signed(to - from, write)

const signed = (value: number, write: (value: number) => string): string =>
  `${value < 0 ? '−' : '+'}${write(Math.abs(value))}`

const textCell = (value: Cause['a']) => ({
  text: value === null ? '—' : valueText(value),
  value: value === null ? null : valueText(value),
})

function findingOf(
  { group, label }: { group: string; label: string },
  base: Evaluated,
  other: Evaluated,
  a: number,
  b: number,
  [first]: readonly Cause[],
): string {
  const what = `${group}, ${label.toLowerCase()}`
  if (first === undefined) return `${what}: ${base.letter} and ${other.letter} have the same`
  return `${what}: ${other.letter} has ${ratio(b, a)} that of ${base.letter}, most of it by ${causeLabel(first).toLowerCase()}`
}
