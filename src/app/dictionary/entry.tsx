/** One term: a picture, what it is and what it is for; what is said of it, and what a calculation gives. */
import { Fragment, use, type ReactNode } from 'react'
import { list } from '../../dictionary/index.ts'
import page from '../parts/page.module.css'
import { Link } from '../parts/link.tsx'
import styles from './entry.module.css'
import { ExampleView } from './example.tsx'
import { EntryPicture } from './picture.tsx'
import { openEntry } from './read.ts'
import { SourceLine } from './source.tsx'

export function EntryPage({ term }: { term: string }) {
  const { entry, mechanisms, picture, examples } = use(openEntry(term))
  return (
    <article className={page['page']}>
      <p className={styles['back']}>
        <Link href="?page=dictionary">Dictionary</Link>
      </p>
      <h1>{entry.title}</h1>
      <p className={styles['about']}>{entry.about}</p>
      <EntryPicture picture={picture} />
      <p>{entry.purpose}</p>
      <h2>What is said of it</h2>
      {examples.map((example) => (
        <ExampleView key={example.title} example={example} />
      ))}
      {entry.see.length > 0 && (
        <>
          <h2>See also</h2>
          <ul className={styles['also']}>
            {entry.see.map((other) => (
              <li key={other}>
                <Link href={`?page=dictionary&entry=${other}`}>
                  {list.find((each) => each.term === other)?.title ?? other}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <details className={styles['fold']}>
        <summary>Settings, formula files and sources</summary>
        <dl className={page['terms']}>
          <Row term="Settings">
            <Codes texts={entry.settings} />
          </Row>
          {mechanisms.length > 0 && (
            <Row term="Formula files">
              <Codes texts={mechanisms.map(({ file }) => file)} />
            </Row>
          )}
          <Row term="Sources">
            <ul className={styles['links']}>
              {Object.entries(entry.sources).map(([name, source]) => (
                <li key={name}>
                  <SourceLine source={source} />
                </li>
              ))}
            </ul>
          </Row>
        </dl>
      </details>
    </article>
  )
}

const Row = ({ term, children }: { term: string; children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)

const Codes = ({ texts }: { texts: readonly string[] }) =>
  texts.map((text, place) => (
    <Fragment key={text}>
      {place > 0 && ', '}
      <code className={styles['code']}>{text}</code>
    </Fragment>
  ))
