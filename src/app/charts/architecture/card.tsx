/** What a part is and costs, beside it: never over what it speaks of. */
import type { Area } from '../../drawing/areas.ts'
import type { Box } from '../../drawing/box.ts'
import { percent } from '../../drawing/label-text.ts'
import { fullName, partPlace, type Node } from '../../drawing/nodes.ts'
import { formatExact } from '../../../engine/numbers.ts'
import { written } from '../../results/show.ts'
import { Button } from '../../parts/button.tsx'
import { useDispatch, useSession } from '../../state/store.tsx'
import styles from './drawing.module.css'
import { openEntry, showSettings } from './go.ts'

interface Props {
  node: Node
  spot: Box | undefined
  /** Of the picture. */
  width: number
  area: Area
}

const cardWidth = 290

export function Card({ node, spot, width, area }: Props) {
  const { bytes } = useSession()
  const dispatch = useDispatch()
  const { part, band, figure } = node
  if (spot === undefined || band === null) return null
  const manner = { bytes, flops_per_mac: 2 } as const
  const amount = (part ?? band).amount
  const rows: [string, string][] = [
    [area.title, `${written(amount, area.counted, manner)}, ${percent(amount, figure.total)}`],
  ]
  if (part) {
    if (part.layers > 1)
      rows.push(['in one layer', written(amount / part.layers, area.counted, manner)])
    const { flops, cache } = part.cost
    if (part.piece === null && area.id !== 'decode' && flops.decode)
      rows.push([
        `One token at ${formatExact(figure.tokens)}`,
        written(flops.decode, 'FLOP', manner),
      ])
    if (part.keeps !== null && area.id !== 'cache' && cache?.bytes)
      rows.push(['KV cache', written(cache.bytes, 'byte', manner)])
  }
  return (
    <div className={styles['card']} style={placeOf(spot, width)} aria-hidden="true">
      <p>
        <strong>{part ? fullName(part) : band.title}</strong>
        {part && partPlace(part, band)}
      </p>
      <dl>
        {rows.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {part && (
        <div className={styles['acts']}>
          <Button look="small" tabIndex={-1} onClick={() => showSettings(node, dispatch)}>
            Settings
          </Button>
          <Button look="small" tabIndex={-1} onClick={() => void openEntry(node, dispatch)}>
            Term
          </Button>
        </div>
      )}
      <p className={styles['hint']}>
        Enter opens the derivation{part && ' · S its settings · D the term'}
      </p>
    </div>
  )
}

/** Towards the side with room; below where there is none. */
function placeOf({ x, y, width: wide, height }: Box, width: number) {
  const right = x + wide + 4
  if (right + cardWidth <= width) return { left: right, top: Math.max(0, y) }
  if (x - cardWidth - 4 >= 0) return { left: x - cardWidth - 4, top: Math.max(0, y) }
  return { left: Math.max(0, Math.min(x, width - cardWidth)), top: y + height + 4 }
}
