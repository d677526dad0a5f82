/** The load of each expert as a bar, what is beyond the capacity in a colour of its own. */
import { formatExact } from '../../engine/numbers.ts'
import { useWidth } from './use-width.ts'

interface Props {
  loads: readonly number[]
  capacity: number
}

const height = 260
const [left, right, top, bottom] = [60, 8, 12, 24]

/** One path for all bars: hundreds of elements would make a drag halt. */
export function LoadBars({ loads, capacity }: Props) {
  const [frame, measured] = useWidth()
  const width = measured ?? 640
  const most = Math.max(capacity, ...loads) * 1.05
  const each = (width - left - right) / loads.length
  const gap = each > 4 ? 1 : 0
  const y = (load: number): number => height - bottom - (load / most) * (height - top - bottom)
  const bars = (from: (load: number) => number, to: (load: number) => number): string =>
    loads
      .map((load, expert) => {
        const [low, high] = [from(load), to(load)]
        return high <= low ? '' : `M${(left + expert * each).toFixed(2)} ${y(low).toFixed(2)}h${(each - gap).toFixed(2)}V${y(high).toFixed(2)}h${(gap - each).toFixed(2)}z`
      })
      .join('')
  return (
    <div ref={frame} style={{ minHeight: height }}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {[0, most / 2.1, most / 1.05].map((load) => (
          <text key={load} x={left - 8} y={y(load) + 4} textAnchor="end">
            {formatExact(Math.round(load))}
          </text>
        ))}
        <path d={bars(() => 0, (load) => Math.min(load, capacity))} fill="var(--part-experts)" />
        <path d={bars(() => capacity, (load) => load)} fill="var(--part-head)" />
        <line x1={left} x2={width - right} y1={y(capacity)} y2={y(capacity)} stroke="var(--ink)" strokeDasharray="4 3" />
        <text x={width - right} y={y(capacity) - 6} textAnchor="end">
          {`capacity; above it tokens are dropped`}
        </text>
        <text x={left} y={height - 6}>
          expert 0
        </text>
        <text x={width - right} y={height - 6} textAnchor="end">
          {`expert ${loads.length - 1}`}
        </text>
      </svg>
    </div>
  )
} // prettier-ignore
