/** Every quantity of every model, in groups, with a filter by words; rows that are nothing everywhere can be shown. */
import { useDeferredValue, useId, useState } from 'react'
import type { Evaluated } from '../models/evaluated.ts'
import { Shape } from '../parts/icons.tsx'
import { useResults, useSession } from '../state/store.tsx'
import { Figure } from './number.tsx'
import { quantityGroups, type Quantity, type QuantityGroup } from './quantities.ts'
import { ratio } from './show.ts'
import styles from './table.module.css'

export function QuantityTable() {
  const results = useResults()
  const { baseline } = useSession()
  const [words, setWords] = useState('')
  const [exact, setExact] = useState(false)
  const [all, setAll] = useState(false)
  const [differing, setDiffering] = useState(false)
  const sought = useDeferredValue(words.trim().toLowerCase())
  const filter = useId()
  const groups = quantityGroups
    .map((group) => ({ ...group, rows: group.rows.filter((row) => keeps(row, group)) }))
    .filter(({ rows }) => rows.length > 0)

  function applies({ rows }: QuantityGroup): boolean {
    return rows.some((row) => results.some(({ cost }) => row.of(cost) !== null))
  }

  function keeps(row: Quantity, group: QuantityGroup): boolean {
    const found = `${group.title} ${row.label} ${row.id}`.toLowerCase().includes(sought)
    if (!found) return false
    if (differing && new Set(results.map(({ cost }) => row.of(cost))).size === 1) return false
    if (all) return true
    // What does not apply is said, unless nothing of its group does; what is nothing is not, nor are parts that do not apply.
    if (!applies(group)) return false
    return results.some(({ cost }) => (row.of(cost) ?? (row.part ? 0 : null)) !== 0)
  }

  return (
    <section className={styles['section']} aria-labelledby={`${filter}-title`}>
      <div className={styles['bar']}>
        <h2 id={`${filter}-title`}>All quantities</h2>
        <label className="unseen" htmlFor={filter}>
          Filter quantities
        </label>
        <input
          id={filter}
          type="search"
          placeholder="Filter"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {results.length > 1 && (
          <Check label="Only differences" value={differing} onChange={setDiffering} />
        )}
        <Check label="All digits" value={exact} onChange={setExact} />
        <Check label="Zero rows" value={all} onChange={setAll} />
      </div>
      {groups.length === 0 ? (
        <p className={styles['about']}>No quantity is called “{words}”.</p>
      ) : (
        <div className={styles['scroll']}>
          <table className={styles['table']}>
            <caption className="unseen">
              Quantities of {results.map(({ name }) => name).join(', ')}
            </caption>
            {results.length > 1 && <Names results={results} />}
            {groups.map((group) => (
              <Group key={group.id} group={group} results={results} base={baseline} exact={exact} />
            ))}
          </table>
        </div>
      )}
    </section>
  )
}

function Names({ results }: { results: readonly Evaluated[] }) {
  return (
    <thead>
      <tr>
        <td />
        {results.map(({ letter, name }) => (
          <th key={letter} scope="col">
            <span className={styles['name']}>
              <Shape letter={letter} size={11} />
              <span>{name}</span>
            </span>
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface GroupProps {
  group: QuantityGroup
  results: readonly Evaluated[]
  base: string
  exact: boolean
}

function Group({ group, results, base, exact }: GroupProps) {
  const other = results.find(({ letter }) => letter === base) ?? results[0]!
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" className={styles['group']} colSpan={results.length + 1}>
          {group.title}
        </th>
      </tr>
      {group.rows.map((row) => (
        <tr key={row.id} className={row.part && styles['part']}>
          <th scope="row">
            {row.label}
            {row.about && <span className={styles['about']}>{row.about}</span>}
          </th>
          {results.map((result) => (
            <td key={result.letter}>
              <Figure quantity={row} of={result} exact={exact} />
              {result !== other && (
                <span className={styles['delta']}>
                  {ratio(row.of(result.cost), row.of(other.cost))}
                </span>
              )}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

interface CheckProps {
  label: string
  value: boolean
  onChange: (value: boolean) => void
}

function Check({ label, value, onChange }: CheckProps) {
  return (
    <label className={styles['check']}>
      <input
        type="checkbox"
        checked={value}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  )
}
