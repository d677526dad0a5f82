/** The shapes found, by how much of the budget they use and what they cost, with the frontier that none beats. */
import { nameOf, ranked, type Shape } from '../../engine/ask/size/shape.ts'
import { layout } from '../atlas/layout.ts'
import { useWidth } from '../charts/use-width.ts'
import { withoutZeros, written } from '../results/show.ts'
import { useSession } from '../state/store.tsx'
import { goals, type Budget } from './budget.ts'
import { closeScale } from './close-scale.ts'
import styles from './scatter.module.css'

interface Props {
  shapes: readonly Shape[]
  budget: Budget
  onOpen: (shape: Shape) => void
}

const height = 260

export function ShapeScatter({ shapes, budget, onOpen }: Props) {
  const { bytes } = useSession()
  const [frame, measured] = useWidth()
  const width = Math.min(measured ?? 640, 760)
  const goal = goals.find(({ name }) => name === budget.goal)!
  const writeCost = (cost: number): string =>
    withoutZeros(written(cost, goal.unit, { bytes, flops_per_mac: 2 }))
  const points = shapes.map((shape) => ({
    id: String(shape.n_layers),
    text: nameOf(shape),
    x: usedBy(shape),
    y: shape.cost,
    is_own: false,
  }))
  const scales = {
    x: closeScale(points.map(({ x }) => x)),
    y: closeScale(points.map(({ y }) => y)),
  }
  const { plot, spots, frontier, steps, labels, ticks } = layout(points, scales, { width, height })
  const shapeOf = new Map(shapes.map((shape) => [String(shape.n_layers), shape]))
  return (
    <figure className={styles['figure']} ref={frame}>
      <figcaption>{findingOf(shapes, frontier, goal.text, writeCost)}</figcaption>
      {/* The table below says and opens the same shapes. */}
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        fontSize={12}
        aria-hidden="true"
      >
        {ticks.x.map(({ value, at }) => (
          <g key={value}>
            <path d={`M${at} ${plot.y}v${plot.height}`} stroke="var(--line)" />
            <text x={at} y={plot.y + plot.height + 18} textAnchor="middle">
              {`${Number((100 * value).toPrecision(5))}%`}
            </text>
          </g>
        ))}
        {ticks.y.map(({ value, at }) => (
          <g key={value}>
            <path d={`M${plot.x} ${at}h${plot.width}`} stroke="var(--line)" />
            <text x={plot.x - 8} y={at + 4} textAnchor="end">
              {writeCost(value)}
            </text>
          </g>
        ))}
        <text x={4} y={14}>
          {goal.text}
        </text>
        <text x={plot.x + plot.width} y={height - 8} textAnchor="end">
          of the budget used
        </text>
        <path d={steps} fill="none" stroke="var(--accent)" strokeWidth={1.5} />
        {labels.map(({ id, text, x, y, anchor }) => (
          <text key={id} x={x} y={y} textAnchor={anchor}>
            {text}
          </text>
        ))}
        {spots.map(({ id, x, y, text }) => {
          const shape = shapeOf.get(id)!
          const hue = frontier.has(id) ? 'var(--accent)' : 'var(--soft)'
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <circle
              key={id}
              cx={x}
              cy={y}
              r={frontier.has(id) ? 5.5 : 4}
              fill={shape.departures.length > 0 ? 'var(--paper)' : hue}
              stroke={hue}
              strokeWidth={1.5}
              onClick={() => onOpen(shape)}
            >
              <title>{[text, writeCost(shape.cost), ...shape.departures].join('\n')}</title>
            </circle>
          )
        })}
      </svg>
    </figure>
  )
}

/** Of the budgets, all of it being 1: too many active parameters are as far off as too few. */
const usedBy = ({ residual, active_residual }: Shape): number =>
  1 - Math.abs(residual) - Math.abs(active_residual ?? 0)

function findingOf(
  shapes: readonly Shape[],
  frontier: ReadonlySet<string>,
  goal: string,
  write: (cost: number) => string,
): string {
  const best = ranked(shapes)[0]!
  const departing = shapes.filter(({ departures }) => departures.length > 0).length
  const among = best.departures.length === 0 ? 'Of shapes that keep the ratios of the family, ' : ''
  const least = `${among}the least ${goal}, ${write(best.cost)}, is that of ${nameOf(best)}.`
  const hollow = departing === 0 ? '' : ` ${departing} leave these ratios, and are hollow.`
  return `${least[0]!.toUpperCase()}${least.slice(1)} On the line stand the ${frontier.size} that none beats in it and in the budget used.${hollow}`
}
