/** Where an import put every key of a `config.json`: one list each. */
import { byReason } from '../../import/left-out.ts'
import type { ImportReport as Report } from '../models/origin.ts'
import { Folded } from '../parts/folded.tsx'
import styles from './report.module.css'

export function ImportReport({ report }: { report: Report }) {
  const read = Object.entries(report.read)
  const defaulted = Object.entries(report.defaulted)
  const derived = Object.entries(report.derived)
  const unknown = report.not_understood
  return (
    <details className={styles['report']}>
      <summary>
        config.json: {read.length} keys read, {defaulted.length} defaulted, {derived.length}{' '}
        derived, {report.left_out.length} left out, {report.ignored.length} ignored,{' '}
        {unknown.length > 0 ? (
          <strong>{unknown.length} not understood</strong>
        ) : (
          'none not understood'
        )}
      </summary>
      <Folded>
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
          <Values
            title="Derived"
            about="Missing or null; follows from other keys."
            values={derived.map(([key, { value, from }]) => [key, value, from] as const)}
          />
          {byReason(report.left_out).map(([why, names]) => (
            <Names
              key={why}
              title="Left out"
              about={`${why[0]!.toUpperCase()}${why.slice(1)}.`}
              names={names}
            />
          ))}
          <Names title="Ignored" about="Known to cost nothing." names={report.ignored} />
        </div>
      </Folded>
    </details>
  )
}

interface ValuesProps {
  title: string
  about: string
  values: readonly (readonly [key: string, value: unknown, from?: string])[]
}

function Values({ title, about, values }: ValuesProps) {
  if (values.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <p className={styles['about']}>{about}</p>
      <dl className={styles['values']}>
        {values.map(([key, value, from]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>
              {brief(value)}
              {from !== undefined && ` (${from})`}
            </dd>
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
