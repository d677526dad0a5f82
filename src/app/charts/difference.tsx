/** From one model's number to another's, cause by cause. */
import { useMemo } from 'react'
import { why, type Cause } from '../../engine/ask/compare/why.ts'
import { causeLabel } from '../derivation/cause.ts'
import { valueText } from '../results/value-text.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { lowered } from '../parts/lowered.ts'
import { placeWords } from '../models/place-words.ts'
import { quantityGroups, quantityOf } from '../results/quantities.ts'
import { ratio, written } from '../results/show.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import type { ChartTable } from './chart-table.ts'
import { ChartFrame } from './frame.tsx'
import styles from './frame.module.css'
import { Steps, type Step } from './steps.tsx'

/** As many causes as can be told apart; the rest stands together. */
const shown = 7

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
  const steps = stepsOf(base, other, a, b, causes, write)
  const sides = [base.letter, other.letter] as const
  const table: ChartTable = {
    head: ['Cause', base.name, other.name, 'Adds', 'Share'],
    rows: causes.map((cause) => ({
      key: cause.address,
      label: `${causeLabel(cause, sides)} (${cause.address})`,
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
      <Steps steps={steps} />
    </ChartFrame>
  )
}

/** From the baseline's amount cause by cause to the other's; all along what they differ by, so that no step is too small to see. */
function stepsOf(
  base: Evaluated,
  other: Evaluated,
  a: number,
  b: number,
  causes: readonly Cause[],
  write: (value: number) => string,
): Step[] {
  const sides = [base.letter, other.letter] as const
  const rest = causes.slice(shown).reduce((sum, { amount }) => sum + amount, 0)
  const step = (id: string, label: string, from: number, to: number): Step => ({
    id,
    label,
    from,
    to,
    amount: signed(to - from, write),
    colour: to >= from ? 'var(--part-router)' : 'var(--part-ffn)',
  })
  const whole = ({ letter, name }: Evaluated, from: number, to: number, amount: number): Step => ({
    id: letter,
    label: `${letter} ${name}`,
    from,
    to,
    amount: write(amount),
    colour: `var(--${letter.toLowerCase()})`,
  })
  let at = 0
  const walked = causes.slice(0, shown).map((cause): Step => {
    const label = causeLabel(cause, sides)
    const twin = causes.some((each) => each !== cause && causeLabel(each, sides) === label)
    const where = twin ? ` (${placeWords(cause.address).toLowerCase()})` : ''
    return step(cause.address, label + where, at, (at += cause.amount))
  })
  return [
    whole(base, 0, 0, a),
    ...walked,
    ...(rest === 0 ? [] : [step('rest', 'All else', at, b - a)]),
    whole(other, 0, b - a, b),
  ]
}

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
  return `${what}: ${other.letter} has ${ratio(b, a)} that of ${base.letter}, most of it by ${lowered(causeLabel(first, [base.letter, other.letter]))}`
}
