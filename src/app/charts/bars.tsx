/** Stacked bars along one axis, each part named where there is room for it. */
import { scaleOf } from '../parts/scale.ts'
import { useWidth } from './use-width.ts'

export interface Bar {
  /** Beside it, where there are several. */
  name: string
  parts: readonly { id: string; label: string; colour: string; value: number }[]
}

interface Props {
  bars: readonly Bar[]
  /** What is written below the axis; shares of 1 where there is none. */
  write?: ((value: number) => string) | undefined
}

/** In pixels: from bar to bar, and how high one is. */
const row = 52
const bar = 36
const [top, bottom] = [12, 26]

export function Bars({ bars, write }: Props) {
  const [frame, measured] = useWidth()
  const width = measured ?? 640
  const left = bars.length > 1 ? 26 : 16
  const right = width - 16
  const most = write ? Math.max(...bars.map(({ parts }) => sumOf(parts))) : 1
  const x = (value: number): number => left + (most === 0 ? 0 : value / most) * (right - left)
  const ticks = write
    ? scaleOf('linear', [most]).ticks.filter((tick) => tick <= most)
    : [0, 0.25, 0.5, 0.75, 1]
  const height = top + row * bars.length + bottom
  return (
    <div ref={frame} style={{ minHeight: height }}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {bars.map(({ name, parts }, place) => (
          <g key={name} transform={`translate(0 ${top + row * place})`}>
            {bars.length > 1 && (
              <text x={left - 8} y={bar / 2} textAnchor="end" dominantBaseline="central">
                {name}
              </text>
            )}
            {parts.map(({ id, label, colour, value }, at) => {
              const from = x(sumOf(parts.slice(0, at)))
              const long = x(value) - x(0)
              return (
                <g key={id}>
                  <rect x={from} width={long} height={bar} fill={colour} stroke="var(--paper)" strokeWidth={1.5} />
                  {long >= label.length * 6.6 + 14 && (
                    <text x={from + 8} y={bar / 2} dominantBaseline="central" data-on fill="var(--on-part)" fontSize={12}>
                      {label}
                    </text>
                  )}
                </g>
              )
            })}
          </g>
        ))}
        {ticks.map((tick) => (
          <text key={tick} x={x(tick)} y={height - 8} textAnchor="middle">
            {write ? write(tick) : `${Math.round(tick * 100)}%`}
          </text>
        ))}
      </svg>
    </div>
  )
} // prettier-ignore

const sumOf = (parts: Bar['parts']): number => parts.reduce((sum, { value }) => sum + value, 0)
