/** What can be taken away of a chart: its data as CSV, its drawing as SVG or PNG. */
import type { RefObject } from 'react'
import { Button } from '../parts/button.tsx'
import type { ChartTable } from './chart-table.ts'
import styles from './frame.module.css'

interface Props {
  name: string
  table: ChartTable
  /** What holds the drawing. */
  picture: RefObject<HTMLElement | null>
  /** Lines above it in an image. */
  caption: (() => readonly string[]) | undefined
}

const load = () => import('./export.ts')

export function Files({ name, table, picture, caption }: Props) {
  const svg = (): SVGSVGElement | null => picture.current?.querySelector('svg') ?? null
  const csv = async (): Promise<void> => {
    const { csvOf, saveFile } = await load()
    saveFile(`${name}.csv`, 'text/csv', csvOf(table))
  }
  const image = async (): Promise<void> => {
    const { saveFile, takenAway } = await load()
    const element = svg()
    if (element) saveFile(`${name}.svg`, 'image/svg+xml', takenAway(element, caption?.()).text)
  }
  const pixels = async (): Promise<void> => {
    const { savePng } = await load()
    const element = svg()
    if (element) await savePng(`${name}.png`, element, caption?.())
  }
  return (
    <p className={styles['files']}>
      <Button look="small" onClick={() => void csv()}>
        CSV
      </Button>
      <Button look="small" onClick={() => void image()}>
        SVG
      </Button>
      <Button look="small" onClick={() => void pixels()}>
        PNG
      </Button>
    </p>
  )
}
