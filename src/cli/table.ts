/** Prints rows of cells: aligned for people, or as CSV or Markdown for what reads them next. */
import { plainDigitsOf } from '../engine/numbers.ts'
import { visible } from './visible.ts'

export interface Row {
  cells: readonly string[]
  /** A heading over the rows that follow. */
  heading?: boolean
  /** Part of the row above it: indented. */
  part?: boolean
}

/** Columns side by side: the first to the left, the others to the right unless `left` says otherwise. */
export function alignedTable(
  rows: readonly Row[],
  style: (row: Row, line: string) => string,
  left: readonly number[] = [0],
): string {
  const shown = rows.map(({ cells, part }) =>
    // An escape is wider than what it stands for.
    cells.map((cell, column) => (part && column === 0 ? '  ' : '') + visible(cell)),
  )
  const widths: number[] = []
  shown.forEach((cells, index) => {
    // A heading may reach over the columns beside it.
    if (!rows[index]!.heading || cells.length > 1)
      cells.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)))
  })
  return shown
    .map((cells, index) => {
      const padded = cells.map((cell, column) =>
        left.includes(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      return `${style(rows[index]!, padded.join('  ').trimEnd())}\n`
    })
    .join('')
}

export type Cell = string | number | null | undefined

/** RFC 4180, with a line break of one character. */
export const csv = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('')

function csvCell(value: Cell): string {
  const text =
    typeof value === 'number'
      ? plainDigitsOf(value)
      : value === null || value === undefined
        ? ''
        : value
  // A spreadsheet runs a cell that begins like a formula.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A Markdown table; the columns named in `left` are words, the others numbers. */
export function markdown(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => visible(cell).replace(/[|\\<]/g, '\\$&')).join(' | ')} |\n`
  const rule = `|${head.map((_, column) => (left.includes(column) ? ' --- |' : ' ---: |')).join('')}\n`
  return line(head) + rule + rows.map(line).join('')
}
