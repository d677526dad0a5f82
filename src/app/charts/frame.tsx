/** What every chart has: the finding as its title, its controls, its table, and its data and image to take away. */
import { memo, useDeferredValue, useId, useRef, useState, type ReactNode } from 'react'
import type { ChartTable } from './chart-table.ts'
import { Files } from './files.tsx'
import styles from './frame.module.css'
import { Opening } from './opening.tsx'

interface Props {
  finding: string
  /** For files. */
  name: string
  controls?: ReactNode
  table: ChartTable
  /** Whether the table stands open below the chart, as a legend; else its rows are not there before it is opened. */
  open?: boolean
  /** Lines above it in an image that is taken away. */
  caption?: () => readonly string[]
  /** Whether the drawing says itself what it shows, as a tree of its parts. */
  isTree?: boolean
  /** Over the drawing, and at once where that is late. */
  over?: ReactNode
  /** Between the drawing and its table. */
  below?: ReactNode
  children: ReactNode
}

export function ChartFrame({
  finding,
  name,
  controls,
  table,
  open = true,
  caption,
  isTree = false,
  over,
  below,
  children,
}: Props) {
  const picture = useRef<HTMLDivElement>(null)
  const id = useId()
  // Drawing takes longer than a frame of a drag; numbers and the finding do not wait for it.
  const drawing = useDeferredValue(children)
  const data = useDeferredValue(table)
  const [isOpen, setOpen] = useState(open)
  return (
    <figure className={styles['frame']} aria-labelledby={id}>
      <figcaption className={styles['top']}>
        <h3 id={id}>{finding}</h3>
        <div className={styles['controls']}>{controls}</div>
      </figcaption>
      <div className={styles['place']}>
        <div
          ref={picture}
          className={styles['picture']}
          {...(isTree ? {} : { role: 'img', 'aria-label': finding })}
        >
          {drawing}
        </div>
        {over}
      </div>
      {below}
      <details
        className={styles['data']}
        open={isOpen}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>Table</summary>
        <div className={styles['scroll']}>{isOpen && <DataTable name={name} table={data} />}</div>
      </details>
      <Files name={name} table={table} picture={picture} caption={caption} />
    </figure>
  )
}

const DataTable = memo(function DataTable({ name, table }: { name: string; table: ChartTable }) {
  const [first, ...columns] = table.head
  return (
    <table className={styles['table']}>
      <caption className="unseen">{name}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {columns.map((title, place) => (
            // Two models may have one name.
            // oxlint-disable-next-line react/no-array-index-key
            <th key={place} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ key, label, cells }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            {cells.map(({ text, opens }, place) => (
              // oxlint-disable-next-line react/no-array-index-key
              <td key={place}>{opens ? <Opening text={text} opens={opens} /> : text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
})
