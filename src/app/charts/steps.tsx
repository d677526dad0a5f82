/** Steps from one amount to another as bars along the difference, each below its words. */
import { useWidth } from './use-width.ts'

export interface Step {
  id: string
  label: string
  /** Beside the amount that the walk starts from. */
  from: number
  to: number
  amount: string
  /** A colour of the style sheet. */
  colour: string
}

const row = 38
const bar = 11

export function Steps({ steps }: { steps: readonly Step[] }) {
  const [frame, measured] = useWidth()
  const width = measured ?? 640
  const ends = [0, ...steps.flatMap(({ from, to }) => [from, to])]
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  const at = (value: number): number => 4 + ((value - low) / (high - low || 1)) * (width - 8)
  const height = row * steps.length
  return (
    <div ref={frame} style={{ minHeight: height }}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {steps.map(({ id, label, from, to, amount, colour }, place) => (
          <g key={id} transform={`translate(0 ${row * place})`}>
            <text y={13}>{shortened(label, (width - 7 * amount.length - 16) / 6.6)}</text>
            <text x={width} y={13} textAnchor="end">
              {amount}
            </text>
            {/* Beside the bars alone: amounts stand above its end. */}
            <line
              x1={at(0)}
              x2={at(0)}
              y1={17}
              y2={row - 4}
              stroke="var(--edge)"
              strokeDasharray="2 3"
            />
            <rect
              x={Math.min(at(from), at(to))}
              y={19}
              width={Math.max(2, Math.abs(at(to) - at(from)))}
              height={bar}
              fill={colour}
            />
          </g>
        ))}
      </svg>
    </div>
  )
} // prettier-ignore

const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, Math.floor(most) - 1))}…`
