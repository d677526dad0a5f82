/** All published models, searchable; each opens in the calculator. */
import { useState } from 'react'
import { formatExact } from '../../engine/numbers.ts'
import { entries } from '../../import/catalog/index.ts'
import { Link } from '../parts/link.tsx'
import { sift } from '../parts/sift.ts'
import styles from '../parts/page.module.css'

const listed = entries.map(({ name, title, hub, model_type, published }) => ({
  name,
  text: title,
  detail: `${hub} ${model_type}`,
  by: hub.slice(0, hub.indexOf('/')),
  model_type,
  count: published?.count ?? null,
}))

export function ModelsPage() {
  const [words, setWords] = useState('')
  const found = sift(listed, words)
  return (
    <article className={styles['page']}>
      <h1>All models</h1>
      <p className={styles['lead']}>
        {entries.length} published models, read from their config.json. Each opens in the
        calculator.
      </p>
      <input
        type="search"
        aria-label="Search models"
        placeholder="Search by name, family or publisher"
        className={styles['search']}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <p role="status" className={styles['found']}>
        {found.length === entries.length ? '' : `${found.length} found`}
      </p>
      <table className={styles['table']}>
        <caption className="unseen">Published models</caption>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Publisher</th>
            <th scope="col">Family</th>
            <th scope="col">Published parameters</th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ name, text, by, model_type, count }) => (
            <tr key={name}>
              <th scope="row">
                <Link href={`?v=1&a=${name}`}>{text}</Link>
              </th>
              <td>{by}</td>
              <td>{model_type.replaceAll('_', ' ')}</td>
              <td>{count === null ? '—' : formatExact(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  )
}
