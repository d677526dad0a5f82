/** The numbers of a chart as a table: shown below it, and taken away as CSV. */
import type { ReactNode } from 'react'
import type { Opened } from '../state/session.ts'

export interface ChartCell {
  text: string
  value: number | string | null
  /** The derivation of the number, where it has one. */
  opens?: Opened
}

export interface ChartTable {
  head: readonly string[]
  rows: readonly { key: string; label: ReactNode; name: string; cells: readonly ChartCell[] }[]
}
