/** Paints marks as SVG; all places are worked out before. */
import { memo } from 'react'
import type { Glyph, Mark, Painted } from '../../drawing/marks.ts'
import { Shape } from '../../parts/icons.tsx'
import styles from './drawing.module.css'

/** @param id that patterns go by, of this drawing alone */
export const Paint = memo(function Paint({
  painted,
  id,
}: {
  painted: readonly Painted[]
  id: string
}) {
  return (
    <>
      <Textures id={id} />
      {painted.map(({ letter, marks }) => (
        <g key={letter} className={styles['model']} data-letter={letter}>
          {marks.map((mark, place) => (
            // Marks have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <Drawn key={place} mark={mark} id={id} />
          ))}
        </g>
      ))}
    </>
  )
})

function Drawn({ mark, id }: { mark: Mark; id: string }) {
  switch (mark.kind) {
    case 'box':
      return <rect {...mark.box} className={styles[mark.look]} data-part={mark.part} />
    case 'texture':
      return <rect {...mark.box} fill={`url(#${id}-${mark.keeps})`} pointerEvents="none" />
    case 'path':
      return <path d={mark.d} className={styles[mark.look]} data-part={mark.part} />
    case 'letter':
      return (
        <g transform={`translate(${mark.x} ${mark.y})`}>
          <Shape letter={mark.letter} size={13} />
        </g>
      )
    case 'glyph':
      return <Sign glyph={mark.glyph} x={mark.x} y={mark.y} />
    case 'text':
      return (
        <text
          x={mark.x}
          y={mark.y}
          className={`${styles['text']} ${styles[mark.look]}`}
          textAnchor={mark.anchor ?? 'start'}
          {...(mark.isBold && { fontWeight: 600 })}
          data-on="drawing"
        >
          {mark.text}
        </text>
      )
  }
}

/** What a mixer keeps, over its tone: hatching for a window, lines for what was compressed or encoded, dots for a state. */
function Textures({ id }: { id: string }) {
  const pattern = { patternUnits: 'userSpaceOnUse', className: styles['texture'] } as const
  return (
    <defs>
      <pattern id={`${id}-window`} width={6} height={6} {...pattern} patternTransform="rotate(45)">
        <rect width={2} height={6} />
      </pattern>
      <pattern id={`${id}-both`} width={6} height={6} {...pattern}>
        <rect width={6} height={1.5} />
      </pattern>
      <pattern id={`${id}-source`} width={8} height={8} {...pattern}>
        <rect width={8} height={1.5} />
      </pattern>
      <pattern id={`${id}-state`} width={8} height={8} {...pattern}>
        <circle cx={4} cy={4} r={1.4} />
      </pattern>
    </defs>
  )
}

const half = 'M2.5 2.5v8h8z'
const diagonal = 'M2.5 2.5h3l5 5v3h-3l-5-5z'
const signs: Record<Glyph, string> = {
  every: half,
  window: diagonal,
  both: `${half}M7 2.5h3.5V6z`,
  source: 'M2.5 3h8v1.5h-8zM2.5 5.75h8v1.5h-8zM2.5 8.5h8v1.5h-8z',
  nothing: 'M3 3h7v7h-7z',
  state: 'M5 5h3v3h-3z',
  ffn: '',
  table: '',
  tied: '',
  routed: 'M2.5 2.5h4v4h-4z',
  shared: 'M3 3h7v7h-7z',
  lit: '',
  idle: '',
}

/** A sign of 13 px. */
export function Sign({ glyph, x = 0, y = 0 }: { glyph: Glyph; x?: number; y?: number }) {
  return (
    <g transform={`translate(${x} ${y})`} className={styles['sign']} data-glyph={glyph}>
      <rect x={0.5} y={0.5} width={12} height={12} rx={1.5} />
      {signs[glyph] !== '' && <path d={signs[glyph]} />}
    </g>
  )
}
