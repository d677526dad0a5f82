/** The paper an equation comes from, and the file it stands in. */
import type { Derivation } from '../../engine/index.ts'
import styles from './panel.module.css'

export function Source({ node }: { node: Derivation }) {
  const { source, file } = node
  if (!source && !file) return null
  return (
    <section className={styles['part']}>
      <h3>Source</h3>
      {source && (
        <p className={styles['source']}>
          <a href={source.url} target="_blank" rel="noopener noreferrer">
            {source.title}
          </a>
          {source.section && `, section ${source.section}`}
        </p>
      )}
      {file && (
        <p className={styles['source']}>
          The equation stands in <code>{file}</code>
        </p>
      )}
    </section>
  )
}
