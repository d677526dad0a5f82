/** Columns of answers that fit a terminal: heads broken into lines, and tables folded where they are wider. */
import { visible } from './visible.ts'

export interface Column {
  head: string
  cells: readonly string[]
  /** Words stand to the left, numbers to the right. */
  left?: boolean
}

/** As wide as most terminals are, and as an answer may be. */
export const widest = 100
const between = '  '

/** A column of cells and its head, in lines of one width. */
function linesOf({ head, cells, left }: Column, heads: number): { lines: string[]; width: number } {
  const shown = cells.map(visible)
  const broken = left ? [visible(head)] : brokenHead(head, shown)
  const width = Math.max(...[...broken, ...shown].map(({ length }) => length), 0)
  const pad = (text: string): string => (left ? text.padEnd(width) : text.padStart(width))
  const above = [...Array<string>(heads - broken.length).fill(''), ...broken]
  return { lines: [...above, ...shown].map(pad), width }
}

/** The words of a head in lines no wider than its cells, where the words allow it. */
function brokenHead(head: string, cells: readonly string[]): string[] {
  const words = visible(head).split(' ')
  const width = Math.max(...[...words, ...cells].map(({ length }) => length))
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** How wide a table of columns is. */
export const widthOf = (columns: readonly Column[]): number =>
  columns.reduce((sum, column) => sum + linesOf(column, heightOf(column)).width, 0) +
  between.length * (columns.length - 1)

const heightOf = ({ head, cells, left }: Column): number =>
  left ? 1 : brokenHead(head, cells.map(visible)).length

/**
 * Tables one under the other, each no wider than a terminal where its columns allow it.
 * @param keys the columns that each begins with
 * @param style of the lines of heads
 */
export function foldedTable(
  keys: readonly Column[],
  columns: readonly Column[],
  style: (line: string) => string,
): string {
  const tables: Column[][] = []
  for (const column of columns) {
    const last = tables.at(-1)
    if (last !== undefined && widthOf([...keys, ...last, column]) <= widest) last.push(column)
    else tables.push([column])
  }
  return tables.map((each) => flatTable([...keys, ...each], style)).join('\n')
}

/** One table, however wide it is. */
export function flatTable(columns: readonly Column[], style: (line: string) => string): string {
  const heads = Math.max(...columns.map(heightOf))
  const all = columns.map((column) => linesOf(column, heads).lines)
  return all[0]!
    .map((_, row) =>
      all
        .map((lines) => lines[row]!)
        .join(between)
        .trimEnd(),
    )
    .map((line, row) => `${row < heads ? style(line) : line}\n`)
    .join('')
}
