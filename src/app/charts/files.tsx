/** What can be taken away of a chart: its data as CSV, its drawing as SVG or PNG. */
import type { RefObject } from 'react'
import { Button } from '../parts/button.tsx'
import type { ChartTable } from './chart-table.ts'
import { csvOf, saveFile, savePng, takenAway } from './export.ts'
import styles from './frame.module.css'

interface Props {
  name: string
  table: ChartTable
  /** What holds the drawing. */
  picture: RefObject<HTMLElement | null>
  /** Lines above it in an image. */
  caption: (() => readonly string[]) | undefined
}

export function Files({ name, table, picture, caption }: Props) {
  const svg = (): SVGSVGElement | null => picture.current?.querySelector('svg') ?? null
  return (
    <p className={styles['files']}>
      <Button look="small" onClick={() => saveFile(`${name}.csv`, 'text/csv', csvOf(table))}>
        CSV
      </Button>
      <Button
        look="small"
        onClick={() => {
          const element = svg()
          if (element)
            saveFile(`${name}.svg`, 'image/svg+xml', takenAway(element, caption?.()).text)
        }}
      >
        SVG
      </Button>
      <Button
        look="small"
        onClick={() => {
          const element = svg()
          if (element) void savePng(`${name}.png`, element, caption?.())
        }}
      >
        PNG
      </Button>
    </p>
  )
}
