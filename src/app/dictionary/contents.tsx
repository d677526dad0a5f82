/** All terms of the dictionary, with what a calculation says of their claims. */
import { useState } from 'react'
import { list } from '../../dictionary/index.ts'
import page from '../parts/page.module.css'
import { Link } from '../parts/link.tsx'
import { sift } from '../parts/sift.ts'
import styles from './entry.module.css'
import { VerdictMark } from './verdict.tsx'

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
        {list.length} terms of the field: what each is, what is said of it, and what a calculation
        gives. Every figure is computed as you open it.
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
      <ul className={styles['contents']}>
        {found.map(({ term, title, about, verdicts }) => (
          <li key={term}>
            <Link href={`?page=dictionary&entry=${term}`}>{title}</Link>
            <p>{about}</p>
            <p className={styles['marks']}>
              {[...new Set(verdicts)].map((verdict) => (
                <VerdictMark key={verdict} verdict={verdict} />
              ))}
            </p>
          </li>
        ))}
      </ul>
    </article>
  )
}
