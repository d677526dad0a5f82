/** The model that is pointed at, in a corner of the map where it covers the fewest others. */
import type { Box } from '../drawing/box.ts'
import styles from './atlas.module.css'
import type { AtlasColumn } from './columns.ts'
import type { Listed } from './listed.ts'

/** As large as it gets. */
export const cardRoom = { width: 272, height: 172 }

interface Props {
  model: Listed
  facts: readonly AtlasColumn[]
  hint: string
  /** Null where it stands below the map. */
  at: Box | null
}

export const Card = ({ model, facts, hint, at }: Props) => (
  <div
    className={styles['card']}
    aria-hidden="true"
    style={at === null ? {} : { left: at.x, top: at.y, width: at.width }}
  >
    <strong>{model.title}</strong>
    <dl>
      {facts.map(({ id, label, write }) => (
        <div key={id}>
          <dt>{label}</dt>
          <dd>{write(model)}</dd>
        </div>
      ))}
    </dl>
    <p>{hint}</p>
  </div>
)
