/** How full experts get under a routing that is not even, and what that costs: balance loss, dropped tokens, padding. */
import { scenarioValues, settingsThatReach } from '../../engine/explanations.ts'
import { holds } from '../../engine/placements.ts'
import { formatExact, formatShort } from '../../engine/numbers.ts'
import { LogSlider } from '../parts/log-slider.tsx'
import { Segments } from '../parts/segments.tsx'
import { capacityRange, exponentRange, type Opened, type Routing } from '../state/session.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import type { ChartCell, ChartTable } from './chart-table.ts'
import { ChartFrame } from './frame.tsx'
import styles from './frame.module.css'
import { LoadBars } from './load-bars.tsx'

const spreads = [
  { value: 'balanced', text: 'Even' },
  {
    value: 'zipf',
    text: 'Zipf',
    about: 'The second expert half as often as the first, and so on.',
  },
  { value: 'collapsed', text: 'Collapsed', about: 'Every token to the same few experts.' },
] as const

/** No model says how its experts are loaded: what follows is said under the load that was chosen. */
const assumed: Record<Routing, (said: { exponent: number; top_k: number }) => string> = {
  balanced: () => 'If every expert is used equally often,',
  zipf: ({ exponent }) => `If the n-th expert is used as often as 1 / n^${formatShort(exponent)},`,
  collapsed: ({ top_k }) =>
    `If every token goes to the same ${top_k === 1 ? 'expert' : `${top_k} experts`},`,
}

export function Experts() {
  const results = useResults()
  const { routing: distribution, exponent, capacity } = useSession().chart
  const dispatch = useDispatch()
  const found = results.find(({ model }) => holds(model, 'experts'))
  if (!found) return <p>None of these models routes tokens to experts.</p>
  const { name, letter, model, workload } = found
  const set = {
    distribution,
    zipf_exponent: String(exponent),
    capacity_factor: String(capacity),
  }
  const values = scenarioValues('load-balancing', model, workload, { set })
  const opened = (key: string): Opened => {
    const under = settingsThatReach('load-balancing', key, Object.keys(set))
      .map((setting) => `${setting}=${set[setting as keyof typeof set]}`)
      .join(',')
    return { letter, quantity: `load-balancing.${key}${under && ` at ${under}`}` }
  }
  const number = (key: string): number => values[key] as number
  const loads = values['load'] as number[]
  return (
    <ChartFrame
      finding={`${assumed[distribution]({ exponent, top_k: number('top_k') })} a capacity of ${tokensText(number('capacity'))} tokens drops ${percent(number('dropped_share'))} of the assignments of ${name} and leaves ${percent(number('padding_share'))} of the places empty`}
      name={`Expert load of ${name}, assumed`}
      table={tableOf(values, opened)}
      controls={
        <Segments
          label="Routing"
          value={distribution}
          choices={spreads}
          onChange={(routing) => dispatch({ kind: 'chart', set: { routing } })}
        />
      }
      below={
        <div className={styles['sliders']}>
          <span>Capacity factor {formatShort(capacity)}</span>
          <LogSlider
            label="Capacity factor"
            value={capacity}
            {...capacityRange}
            whole={false}
            onChange={(next) => dispatch({ kind: 'chart', set: { capacity: next } })}
          />
          {distribution === 'zipf' && (
            <>
              <span>Zipf exponent {formatShort(exponent)}</span>
              <LogSlider
                label="Zipf exponent"
                value={exponent}
                {...exponentRange}
                whole={false}
                onChange={(next) => dispatch({ kind: 'chart', set: { exponent: next } })}
              />
            </>
          )}
        </div>
      }
    >
      <LoadBars loads={loads} capacity={number('capacity')} />
    </ChartFrame>
  )
}

const told = [
  ['mean_load', 'Tokens of an expert on average', (count: number) => tokensText(count)],
  ['fullest', 'Tokens of the fullest expert', (count: number) => tokensText(count)],
  ['variation', 'Coefficient of variation', formatShort],
  ['balancing_loss', 'Balancing loss, weight 0.01', formatShort],
  ['capacity', 'Capacity of an expert', (count: number) => tokensText(count)],
  ['dropped_share', 'Dropped', (share: number) => percent(share)],
  ['padding_share', 'Padding', (share: number) => percent(share)],
  [
    'random_dropped_share',
    'Dropped by chance alone, were routing even',
    (share: number) => percent(share),
  ],
] as const

const tableOf = (
  values: ReturnType<typeof scenarioValues>,
  opens: (key: string) => Opened,
): ChartTable => ({
  head: ['Quantity', 'Value'],
  rows: told.map(([key, words, write]) => ({
    key,
    label: words,
    name: words,
    cells: [
      {
        text: write(values[key] as number),
        value: values[key] as number,
        opens: opens(key),
      } satisfies ChartCell,
    ],
  })),
})

const percent = (share: number): string =>
  share < 1e-6 ? '0%' : `${(100 * share).toPrecision(3)}%`

const tokensText = (count: number): string => formatExact(Math.round(count))
