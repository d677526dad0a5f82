/** Parameters as computed, against those published, for every model of the catalogue. */
import { use, useState } from 'react'
import page from '../parts/page.module.css'
import { Link } from '../parts/link.tsx'
import { sift } from '../parts/sift.ts'
import styles from './ledger.module.css'
import { ledgerRows, type ShownRow } from './read.ts'

export function LedgerPage() {
  const rows = use(ledgerRows())
  const [words, setWords] = useState('')
  const found = sift(rows, words)
  const settled = rows.filter((row) => row.settled).length
  return (
    <article className={page['page']}>
      <h1>Computed against published</h1>
      <p className={page['lead']}>
        Parameters computed from each model’s config.json, and the count of its published
        checkpoint. Computed are trainable values, each once; buffers and multi-token prediction
        modules do not count. For {settled} of {rows.length} models every published value is
        computed or named.
      </p>
      <input
        type="search"
        aria-label="Filter models"
        placeholder="Filter by name, family or reason"
        className={page['search']}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <p role="status" className={page['found']}>
        {found.length === rows.length ? '' : `${found.length} found`}
      </p>
      <table className={styles['ledger']}>
        <caption className="unseen">Computed against published parameters</caption>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Computed</th>
            <th scope="col">Published</th>
            <th scope="col">Difference</th>
            <th scope="col">What the difference is</th>
          </tr>
        </thead>
        <tbody>
          {found.map((row) => (
            <Row key={row.name} row={row} />
          ))}
        </tbody>
      </table>
    </article>
  )
}

const Row = ({ row }: { row: ShownRow }) => (
  <tr>
    <th scope="row">
      <Link href={`?v=1&a=${row.name}`}>{row.text}</Link>
    </th>
    <td data-label="Computed">{row.computed}</td>
    <td data-label="Published">{row.published}</td>
    <td data-label="Difference">{row.difference}</td>
    <td className={styles['words']}>
      {row.reasons.map((reason) => (
        <span key={reason}>{reason}</span>
      ))}
      <span className={styles['origin']}>Config: {row.config_source}</span>
      {row.count_source && <span className={styles['origin']}>Count: {row.count_source}</span>}
    </td>
  </tr>
)
