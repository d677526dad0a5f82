/** The map: a point for each model, walked by arrow keys, pressed to open, with Shift to add. */
import { useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import { useWidth } from '../charts/use-width.ts'
import styles from './atlas.module.css'
import type { Axis } from './axes.ts'
import { Card, cardRoom } from './card.tsx'
import type { Spot } from './labels.ts'
import { emptiestCorner, layout } from './layout.ts'
import type { Listed } from './listed.ts'
import { Marks } from './marks.tsx'
import { scaleOf, type ScaleKind } from '../parts/scale.ts'
import { nextSpot } from './walk.ts'
import type { AtlasColumn } from './columns.ts'

interface Props {
  /** Those shown, own ones last. */
  models: readonly Listed[]
  /** All that the axes must reach, so that they stay while models are filtered. */
  all: readonly Listed[]
  x: { axis: Axis; kind: ScaleKind; text: string }
  y: { axis: Axis; kind: ScaleKind; text: string }
  valueOf: (axis: Axis, model: Listed) => number | null
  writeTick: (axis: Axis, value: number) => string
  /** What the card says of a model. */
  facts: readonly AtlasColumn[]
  context: number
  hint: string
  hrefOf: (model: Listed) => string
  onPress: (model: Listed, isAdding: boolean) => void
}

/** Pixels around a point that count as pointing at it. */
const near = 16

export function AtlasMap(props: Props) {
  const { models, all, x, y, valueOf, writeTick, facts, context, hint, hrefOf, onPress } = props
  const [frame, measured] = useWidth()
  const [current, setCurrent] = useState<string | null>(null)
  const [pointed, setPointed] = useState<string | null>(null)
  const [hasKeyboard, setHasKeyboard] = useState(false)
  const width = measured ?? 640
  const height = Math.round(Math.max(340, Math.min(600, 0.68 * width)))
  const scales = {
    x: scaleOf(x.kind, all.map((model) => valueOf(x.axis, model))),
    y: scaleOf(y.kind, all.map((model) => valueOf(y.axis, model))),
  } // prettier-ignore
  const points = models.map((model) => ({
    id: model.id,
    text: model.title,
    x: valueOf(x.axis, model),
    y: valueOf(y.axis, model),
    is_own: model.letter !== null,
  }))
  const drawn = layout(points, scales, { width, height })
  const byId = new Map(models.map((model) => [model.id, model]))
  const { spots, plot, ticks } = drawn
  const at = spots.find(({ id }) => id === current) ?? spots.at(-1)
  const shown = spots.find(({ id }) => id === pointed) ?? (hasKeyboard ? at : undefined)

  const spotUnder = (event: MouseEvent): Spot | undefined => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return nearest(spots, event.clientX - left, event.clientY - top)
  }
  const walk = (event: KeyboardEvent): void => {
    const next = at && nextSpot(spots, at, event.key)
    if (!next) return
    event.preventDefault()
    setPointed(null)
    setCurrent(next.id)
  }
  const isNarrow = width < 560
  const corner = emptiestCorner(spots, plot, cardRoom)
  const card = shown && (
    <Card model={byId.get(shown.id)!} facts={facts} hint={hint} at={isNarrow ? null : corner} />
  )
  return (
    <div ref={frame} className={styles['map']}>
      <div className={styles['picture']} style={{ minHeight: height }}>
        {/* What the pointer does here, the link below does for the keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          aria-hidden="true"
          data-pointed={pointed !== null}
          onPointerMove={(event: PointerEvent) => setPointed(spotUnder(event)?.id ?? null)}
          onPointerLeave={() => setPointed(null)}
          onClick={(event) => {
            const spot = spotUnder(event)
            if (spot) onPress(byId.get(spot.id)!, event.shiftKey)
          }}
        >
          {ticks.x.map((tick) => (
            <g key={tick.value}>
              <path d={`M${tick.at} ${plot.y}v${plot.height}`} className={styles['rule']} />
              <text x={tick.at} y={plot.y + plot.height + 18} textAnchor="middle">
                {writeTick(x.axis, tick.value)}
              </text>
            </g>
          ))}
          {ticks.y.map((tick) => (
            <g key={tick.value}>
              <path d={`M${plot.x} ${tick.at}h${plot.width}`} className={styles['rule']} />
              <text x={plot.x - 8} y={tick.at + 4} textAnchor="end">
                {writeTick(y.axis, tick.value)}
              </text>
            </g>
          ))}
          <text x={4} y={14}>
            {y.text}
          </text>
          <text x={plot.x + plot.width} y={height - 8} textAnchor="end">
            {x.text}
          </text>
          <Marks layout={drawn} models={byId} context={context} />
          {shown && !isNarrow && <path d={towards(shown, corner)} className={styles['leader']} />}
          {shown && <circle cx={shown.x} cy={shown.y} r={9} className={styles['ring']} />}
        </svg>
        {at && (
          <a
            href={hrefOf(byId.get(at.id)!)}
            className={styles['walker']}
            style={{ left: at.x - 12, top: at.y - 12 }}
            aria-label={spoken(byId.get(at.id)!, facts)}
            aria-describedby="atlas-keys"
            data-model={at.id}
            onKeyDown={walk}
            onFocus={() => setHasKeyboard(true)}
            onBlur={() => setHasKeyboard(false)}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.altKey) return
              event.preventDefault()
              onPress(byId.get(at.id)!, event.shiftKey)
            }}
          />
        )}
        {!isNarrow && card}
      </div>
      {isNarrow && <div className={styles['below']}>{card}</div>}
      <p id="atlas-keys" className="unseen">
        Arrow keys go from model to model. {hint}
      </p>
      <p role="status" className="unseen">
        {hasKeyboard && at ? spoken(byId.get(at.id)!, facts) : ''}
      </p>
    </div>
  )
}

const spoken = (model: Listed, facts: readonly AtlasColumn[]): string =>
  [model.title, ...facts.map(({ label, write }) => `${label} ${write(model)}`)].join(', ')

function nearest(spots: readonly Spot[], x: number, y: number): Spot | undefined {
  const away = (spot: Spot): number => Math.hypot(spot.x - x, spot.y - y)
  // Own models come last and lie on top.
  const [first] = spots.toReversed().toSorted((a, b) => away(a) - away(b))
  return first && away(first) <= near ? first : undefined
}

/** From a point to the edge of the card that is nearest to it. */
function towards({ x, y }: Spot, card: { x: number; y: number; width: number; height: number }) {
  const toX = Math.max(card.x, Math.min(card.x + card.width, x))
  const toY = Math.max(card.y, Math.min(card.y + card.height, y))
  return `M${x} ${y}L${toX} ${toY}`
}
