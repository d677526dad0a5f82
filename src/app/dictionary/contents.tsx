/** All terms of the dictionary, with what a calculation says of their claims. */
import { useState } from 'react'
import { list, topics, type Listed, type Topic } from '../../dictionary/index.ts'
import page from '../parts/page.module.css'
import { Link } from '../parts/link.tsx'
import { sift } from '../parts/sift.ts'
import styles from './entry.module.css'

const listed = list.map((entry) => ({
  ...entry,
  text: entry.title,
  detail: `${entry.term} ${entry.about}`,
}))

export function Contents() {
  const [words, setWords] = useState('')
  const found = sift(listed, words)
  return (
    <article className={page['page']}>
      <h1>Dictionary</h1>
      <p className={page['lead']}>
        {list.length} terms of the field: what each is, what is said of it, and whether a
        calculation bears it out. Every figure is computed as you open it.
      </p>
      <input
        type="search"
        aria-label="Search terms"
        placeholder="Search terms"
        className={page['search']}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <p role="status" className={page['found']}>
        {found.length === list.length ? '' : `${found.length} found`}
      </p>
      {words === '' ? (
        Object.entries(topics).map(([topic, title]) => (
          <section key={topic} className={styles['topic']}>
            <h2>{title}</h2>
            <Terms terms={list.filter((each) => each.topic === (topic as Topic))} />
          </section>
        ))
      ) : (
        <Terms terms={found} />
      )}
    </article>
  )
}

const Terms = ({ terms }: { terms: readonly Listed[] }) => (
  <ul className={styles['contents']}>
    {terms.map(({ term, title, about }) => (
      <li key={term}>
        <Link href={`?page=dictionary&entry=${term}`}>{title}</Link>
        <p>{firstSentence(about)}</p>
      </li>
    ))}
  </ul>
)

const firstSentence = (text: string): string => /^.*?[.:](?= [A-Z]|$)/s.exec(text)?.[0] ?? text
