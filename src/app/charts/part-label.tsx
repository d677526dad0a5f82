/** A part's name on its bar, where there is room for it. */
import type { LabelProps } from 'recharts'

export const partLabel = (text: string) =>
  function PartLabel({ x, y, width, height }: LabelProps) {
    const room = Number(width ?? 0)
    if (room < text.length * 6.6 + 14) return null
    return (
      <text
        x={Number(x) + 8}
        y={Number(y) + Number(height ?? 0) / 2}
        dominantBaseline="central"
        data-on
        fill="var(--on-part)"
        fontSize={12}
      >
        {text}
      </text>
    )
  }
