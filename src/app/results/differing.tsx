/** The settings in which the models differ: what was chosen, and on demand norms and what only follows. */
import { useMemo } from 'react'
import {
  differentSettings,
  type DifferentSetting,
} from '../../engine/ask/compare/different-settings.ts'
import { valueText } from './value-text.ts'
import { blocks } from '../../formulas/all-blocks.ts'
import { placeWords } from '../models/place-words.ts'
import { Shape } from '../parts/icons.tsx'
import { useResults } from '../state/store.tsx'
import type { Evaluated } from '../models/evaluated.ts'
import styles from './table.module.css'

export function Differing() {
  const results = useResults()
  const rows = useMemo(() => differentSettings(results), [results])
  const chosen = rows.filter((row) => !isMinor(row))
  const minor = rows.filter(isMinor)
  return (
    <section className={styles['section']} aria-label="Settings that differ">
      <h2>Settings that differ</h2>
      {rows.length === 0 ? (
        <p className={styles['about']}>None: the models are the same.</p>
      ) : (
        <Rows caption="Settings that differ" results={results} rows={chosen} />
      )}
      {minor.length > 0 && (
        <details className={styles['minor']}>
          <summary>{minor.length} more: norms, and what follows from these</summary>
          <Rows caption="Norms, and what follows" results={results} rows={minor} />
        </details>
      )}
    </section>
  )
}

const isMinor = ({ address, follows }: DifferentSetting): boolean =>
  follows || /\.(before|after)(\.|$)/.test(address)

interface RowsProps {
  caption: string
  results: readonly Evaluated[]
  rows: readonly DifferentSetting[]
}

function Rows({ caption, results, rows }: RowsProps) {
  return (
    <table className={`${styles['table']} ${styles['settings']}`}>
      <caption className="unseen">{caption}</caption>
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
        {rows.map((row) => (
          <Row key={row.address} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row }: { row: DifferentSetting }) {
  const { address, label, values } = row
  const dot = address.lastIndexOf('.')
  const isBlock = label === 'Block'
  const place = isBlock ? address : address.slice(0, Math.max(dot, 0))
  return (
    <tr>
      <th scope="row">
        {isBlock ? placeWords(place) : label}
        {!isBlock && place !== '' && <span className={styles['about']}>{placeWords(place)}</span>}
      </th>
      {values.map((value, at) => (
        // The models stand in the order of their letters.
        // oxlint-disable-next-line react/no-array-index-key
        <td key={at}>{isBlock ? blockText(value) : written(value)}</td>
      ))}
    </tr>
  )
}

const blockText = (name: DifferentSetting['values'][number]): string =>
  blocks[String(name)]?.title ?? '—'

function written(value: DifferentSetting['values'][number]): string {
  if (value === undefined) return '—'
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return valueText(value as number | string | number[])
}
