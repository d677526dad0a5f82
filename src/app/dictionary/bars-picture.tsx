/** A bar for each figure, with its value. */
import { shortText } from '../../dictionary/show.ts'
import styles from './entry.module.css'
import type { PictureOf } from './picture-of.ts'

export function BarsPicture({ picture: { bars, unit } }: { picture: PictureOf<'bars'> }) {
  const most = Math.max(...bars.map(({ value }) => value))
  return (
    <dl className={styles['bars']}>
      {bars.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <i style={{ width: `${(100 * value) / most}%` }} />
            {shortText(value, unit)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
