/** What an import did with every key of a `config.json`: read, defaulted, ignored, not understood. */
import type { ImportReport as Report } from '../models/origin.ts'
import styles from './report.module.css'

export function ImportReport({ report }: { report: Report }) {
  const read = Object.entries(report.read)
  const defaulted = Object.entries(report.defaulted)
  const unknown = report.not_understood
  return (
    <details className={styles['report']}>
      <summary>
        config.json: {read.length} keys read, {defaulted.length} defaulted, {report.ignored.length}{' '}
        ignored,{' '}
        {unknown.length > 0 ? (
          <strong>{unknown.length} not understood</strong>
        ) : (
          'none not understood'
        )}
      </summary>
      <div className={styles['parts']}>
        {unknown.length > 0 && (
          <Names
            title="Not understood"
            about="Nothing here was guessed from these. If one of them adds parameters or work, the numbers leave it out."
            names={unknown}
          />
        )}
        <Values title="Read" about="Taken from the file." values={read} />
        <Values
          title="Defaulted"
          about="Missing or null; the family's documented default."
          values={defaulted}
        />
        <Names title="Ignored" about="Known to cost nothing." names={report.ignored} />
      </div>
    </details>
  )
}

interface ValuesProps {
  title: string
  about: string
  values: readonly (readonly [string, unknown])[]
}

function Values({ title, about, values }: ValuesProps) {
  if (values.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <p className={styles['about']}>{about}</p>
      <dl className={styles['values']}>
        {values.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{brief(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Names({
  title,
  about,
  names,
}: {
  title: string
  about: string
  names: readonly string[]
}) {
  if (names.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <p className={styles['about']}>{about}</p>
      <p className={styles['names']}>
        {names.map((name) => (
          <code key={name}>{name}</code>
        ))}
      </p>
    </section>
  )
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
