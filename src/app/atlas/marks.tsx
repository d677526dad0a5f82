/** The points of the map: their shape is the mixer, their colour says whether they have experts, hollow is trained for less. */
import { memo } from 'react'
import styles from './atlas.module.css'
import type { Mixer } from './kinds.ts'
import type { Label } from './labels.ts'
import type { Layout } from './layout.ts'
import type { Listed } from './listed.ts'

const shapes: Readonly<Record<Mixer, string>> = {
  full: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z',
  window: 'M-3.7-3.7h7.4v7.4h-7.4z',
  latent: 'M0-5 5 0 0 5-5 0z',
  state: 'M0-4.6 4.7 3.6h-9.4z',
}
const star = 'M0-8.5 2.2-2.9 8.1-2.6 3.5 1.1 5 6.9 0 3.6-5 6.9-3.5 1.1-8.1-2.6-2.2-2.9z'

/** A sign of 13 px, for the legend. */
export function Sign({ mixer, look }: { mixer: Mixer; look: 'experts' | 'dense' | 'short' }) {
  return (
    <svg width={13} height={13} viewBox="-6.5 -6.5 13 13" aria-hidden="true">
      <path d={shapes[mixer]} className={styles['mark']} data-look={look} />
    </svg>
  )
}

interface Props {
  layout: Layout
  models: ReadonlyMap<string, Listed>
  context: number
}

/** Own models last, over the others; names of others below all points. */
export const Marks = memo(function Marks({ layout, models, context }: Props) {
  const { spots, labels, steps, frontier } = layout
  const own = spots.filter(({ id }) => models.get(id)!.letter !== null)
  const nameOf = ({ id, text, x, y, anchor }: Label) => (
    <text
      key={id}
      x={x}
      y={y}
      textAnchor={anchor}
      className={styles['label']}
      data-first={frontier.has(id) || models.get(id)!.letter !== null}
      style={models.get(id)!.letter === null ? {} : { fill: hueOf(models.get(id)!) }}
    >
      {text}
    </text>
  )
  return (
    <>
      <path d={steps} className={styles['frontier']} />
      {labels.map((label) => models.get(label.id)!.letter === null && nameOf(label))}
      {spots.map(({ id, x, y }) => {
        const { kinds, max_context, letter } = models.get(id)!
        if (letter !== null) return null
        return (
          <path
            key={id}
            d={shapes[kinds.mixer]}
            transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            className={styles['mark']}
            data-look={kinds.has_experts ? 'experts' : 'dense'}
            data-short={max_context < context}
          />
        )
      })}
      {own.map(({ id, x, y }) => (
        <path
          key={id}
          d={star}
          transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
          className={styles['star']}
          style={{ fill: hueOf(models.get(id)!) }}
        />
      ))}
      {labels.map((label) => models.get(label.id)!.letter !== null && nameOf(label))}
    </>
  )
})

const hueOf = ({ letter }: Listed): string => `var(--${letter!.toLowerCase()})`
