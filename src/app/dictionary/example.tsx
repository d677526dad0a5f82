/** A worked example: the claim, the verdict with its reason, and folded away every figure with its calculation. */
import { shortText } from '../../dictionary/show.ts'
import { Link } from '../parts/link.tsx'
import { letters } from '../models/letters.ts'
import styles from './entry.module.css'
import type { OpenExample } from './read.ts'
import { SourceLine } from './source.tsx'
import { VerdictMark } from './verdict.tsx'

export function ExampleView({ example }: { example: OpenExample }) {
  const { title, claim, verdict, because, source, href, figures } = example
  return (
    <section className={styles['example']}>
      <h3>“{claim}”</h3>
      <p>
        <VerdictMark verdict={verdict} />. {because}
      </p>
      {figures.length > 0 && (
        <details className={styles['fold']}>
          <summary>The calculation: {title}</summary>
          <Compared example={example} />
          <Figures example={example} />
        </details>
      )}
      <p className={styles['foot']}>
        {href !== null && <Link href={href}>{tryWords(example)}</Link>}
        <span>
          From <SourceLine source={source} />
        </span>
      </p>
    </section>
  )
}

/** The calculator holds fewer models than some examples have. */
const tryWords = ({ models }: OpenExample): string =>
  models.length > letters.length
    ? `Try its first ${letters.length} models in the calculator`
    : 'Try it in the calculator'

function Compared({ example: { title, models, rows } }: { example: OpenExample }) {
  if (rows.length === 0) return null
  return (
    // Focusable, so that arrow keys scroll it where the screen is narrow.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['scroll']} role="region" aria-label={`${title}, computed`} tabIndex={0}>
      <table className={styles['compared']}>
        <caption className="unseen">{title}, computed</caption>
        <thead>
          <tr>
            <th scope="col">Model</th>
            {rows.map(({ quantity, label }) => (
              <th key={quantity} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map(({ key, name }, place) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {rows.map(({ quantity, unit, values }) => (
                <td key={quantity}>{shortText(values[place]!, unit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Figures = ({ example: { figures, derivations } }: { example: OpenExample }) => (
  <dl className={styles['figures']}>
    {figures.map(({ name, label, calculation, published }) => (
      <div key={name}>
        <dt>
          {label}
          {published !== undefined && (
            <span className={styles['published']}>published: {published}</span>
          )}
        </dt>
        <dd>
          <Calculation text={calculation} href={derivations[name] ?? null} />
        </dd>
      </div>
    ))}
  </dl>
)

const Calculation = ({ text, href }: { text: string; href: string | null }) =>
  href === null ? text : <Link href={href}>{text}</Link>
