/** The papers that equations come from. */
import type { Derivation } from '../../engine/index.ts'
import styles from './panel.module.css'

/** More would hide the number they are there for; each step names its own. */
const shown = 3

export function Sources({ of: steps }: { of: readonly Derivation[] }) {
  const sources = new Map(
    steps.flatMap(({ source }) => (source ? [[source.title, source] as const] : [])),
  )
  if (sources.size === 0) return null
  return (
    <section className={styles['part']}>
      <h3>{sources.size === 1 ? 'Source' : 'Sources'}</h3>
      {[...sources.values()].slice(0, shown).map(({ title, url, section }) => (
        <p key={title} className={styles['source']}>
          <a href={url} target="_blank" rel="noopener noreferrer">
            {title}
          </a>
          {section && `, section ${section}`}
        </p>
      ))}
      {sources.size > shown && (
        <p className={styles['source']}>and {sources.size - shown} more, at the steps below</p>
      )}
    </section>
  )
}
