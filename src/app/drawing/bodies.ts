/** Bands and columns to scale: area is the amount. Gaps and hairlines lie outside the scale. */
import type { Box } from './box.ts'
import { tile, type Tiles } from './experts.ts'
import type { Band, Figure } from './figure.ts'
import type { Column } from './parts.ts'

export interface ColumnBody {
  column: Column
  /** To scale, flush with its neighbours. */
  box: Box
  tiles: Tiles | null
}

export interface BandBody {
  band: Band
  /** To scale. */
  box: Box
  /** What is drawn of it: a line where it is thinner than one. Without height where it is nothing. */
  line: Box
  columns: readonly ColumnBody[]
}

export interface Body {
  bands: readonly BandBody[]
  /** How many times larger than the scale says, where its true size cannot be seen. */
  magnified: number
  /** Of what is drawn. */
  height: number
}

export interface Frame {
  x: number
  y: number
  width: number
  /** Pixels of height for one of what is counted. */
  scale: number
  /** Between bands. */
  gap: number
}

/** The thinnest line that is seen. */
const thinnest = 2
/** Of the dashed outline of a head that is tied. */
const tiedHeight = 5

/** Lays the bands of a figure one below another; `lead` is the room that a band's labels take above it. */
export function bodyOf(
  figure: Figure,
  { x, y, width, scale, gap }: Frame,
  lead: (band: Band) => number = () => 0,
): Body {
  let top = y
  const bands = figure.bands.map((band): BandBody => {
    top += lead(band)
    const visible = band.columns.reduce((sum, { amount }) => sum + amount, 0)
    const height = visible * scale
    const tied = band.isTied
    const drawn = tied ? tiedHeight : visible === 0 ? 0 : Math.max(thinnest, height)
    const box = { x, y: top, width, height }
    const line = { ...box, height: drawn }
    let left = x
    const columns = band.columns.map((column): ColumnBody => {
      const share = (column.amount / visible) * width
      const own = { x: left, y: top, width: share, height: drawn }
      left += share
      return { column, box: own, tiles: tilesOf(column, own) }
    })
    if (drawn > 0) top += drawn + gap
    return { band, box, line, columns }
  })
  return { bands, magnified: 1, height: top - y }
}

/** Thinner than this there are no tiles, only a line. */
const thinnestRow = 4

function tilesOf({ cells, parts, amount }: Column, box: Box): Tiles | null {
  if (cells === null || box.height < thinnestRow) return null
  const shared = parts.find(({ piece }) => piece === 'shared')?.amount ?? 0
  return tile(box, cells.cells, (cells.cells * shared) / (amount - shared))
}

/** Lower than this a figure cannot be read, and a magnified one stands beneath. */
const leastHeight = 14
/** The share of the largest figure's height that magnification reaches. */
const reached = 0.3

/** The first of 10, 20, 50, 100 and so on that makes a figure legible; 1 where it is. */
export function magnification(total: number, scale: number, height: number): number {
  const own = total * scale
  if (own === 0 || own >= leastHeight) return 1
  for (let power = 10; Number.isFinite(power); power *= 10)
    for (const step of [1, 2, 5]) if (own * step * power >= reached * height) return step * power
  return 1
}
