/** The settings in which the models differ; what only follows from others stands below them. */
import { useDeferredValue, useMemo } from 'react'
import { differentSettings, type DifferentSetting } from '../../engine/ask/compare.ts'
import { valueText } from '../derivation/value.ts'
import { Shape } from '../shell/icons.tsx'
import { useResults } from '../state/store.tsx'
import styles from './table.module.css'

export function Differing() {
  const results = useDeferredValue(useResults())
  const rows = useMemo(() => differentSettings(results), [results])
  const chosen = rows.filter(({ follows }) => !follows)
  const following = rows.filter(({ follows }) => follows)
  return (
    <section className={styles['section']} aria-label="Settings that differ">
      <h2 className={styles['heading']}>Settings that differ</h2>
      {rows.length === 0 ? (
        <p className={styles['none']}>None: the models are the same.</p>
      ) : (
        <table className={styles['table']}>
          <caption className="unseen">Settings that differ</caption>
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
          <tbody>
            {chosen.map((row) => (
              <Row key={row.address} row={row} />
            ))}
          </tbody>
          {following.length > 0 && (
            <tbody>
              <tr>
                <th scope="rowgroup" className={styles['group']} colSpan={results.length + 1}>
                  Following from these
                </th>
              </tr>
              {following.map((row) => (
                <Row key={row.address} row={row} />
              ))}
            </tbody>
          )}
        </table>
      )}
    </section>
  )
}

function Row({ row }: { row: DifferentSetting }) {
  return (
    <tr>
      <th scope="row">
        {row.label}
        <span className={styles['about']}>{row.address}</span>
      </th>
      {row.values.map((value, place) => (
        // The models stand in the order of their letters.
        // oxlint-disable-next-line react/no-array-index-key
        <td key={place}>{written(value)}</td>
      ))}
    </tr>
  )
}

function written(value: DifferentSetting['values'][number]): string {
  if (value === undefined) return '—'
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return valueText(value as number | string | number[])
}
