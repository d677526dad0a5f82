/** Places names beside their points: none over another, over a point or outside. */
import { figureWidth } from '../drawing/label-text.ts'
import type { Box } from '../drawing/box.ts'

export interface Spot {
  id: string
  text: string
  x: number
  y: number
  /** Named even where its name covers points. */
  is_own: boolean
}

export interface Label {
  id: string
  text: string
  /** Where its baseline begins, ends or has its middle, as the anchor says: fonts differ in width. */
  x: number
  y: number
  anchor: 'start' | 'end' | 'middle'
}

/** Half the side of a point's mark, with some air. */
const reach = 6
const height = 15

/**
 * @param wanted in the order of their claim to a place
 * @param spots all points, which no name may cover
 * @param most names that are placed
 */
export function placeLabels(
  wanted: readonly Spot[],
  spots: readonly Spot[],
  plot: Box,
  most: number,
): Label[] {
  const points = spots.map(({ x, y }): Box => ({ x: x - 5, y: y - 5, width: 10, height: 10 }))
  const labels: Label[] = []
  const named: Box[] = []
  for (const { id, text, x, y, is_own } of wanted) {
    if (labels.length >= most) break
    const width = text.length * figureWidth
    const boxes = (
      [
        { anchor: 'start', x: x + reach, y: y - height / 2 },
        { anchor: 'end', x: x - reach - width, y: y - height / 2 },
        { anchor: 'middle', x: x - width / 2, y: y - reach - height },
        { anchor: 'middle', x: x - width / 2, y: y + reach },
      ] as const
    )
      .map((corner) => ({ ...corner, width, height }))
      .filter((each) => isInside(each, plot) && !covers(each, named))
    const free = boxes.find((each) => !covers(each, points))
    const box = free ?? (is_own ? boxes[0] : undefined)
    if (box === undefined) continue
    named.push(box)
    const along = { start: 0, middle: width / 2, end: width }[box.anchor]
    labels.push({ id, text, x: box.x + along, y: box.y + height - 4, anchor: box.anchor })
  }
  return labels
}

const isInside = (box: Box, plot: Box): boolean =>
  box.x >= plot.x &&
  box.y >= plot.y &&
  box.x + box.width <= plot.x + plot.width &&
  box.y + box.height <= plot.y + plot.height

const covers = (box: Box, others: readonly Box[]): boolean =>
  others.some((other) => overlap(box, other))

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Those first that stand alone: whoever looks at a map asks who that is. */
export function byIsolation(spots: readonly Spot[]): Spot[] {
  const nearest = new Map(
    spots.map((spot) => [
      spot,
      Math.min(
        ...spots
          .filter((other) => other !== spot)
          .map((other) => Math.hypot(spot.x - other.x, spot.y - other.y)),
      ),
    ]),
  )
  return spots.toSorted((a, b) => nearest.get(b)! - nearest.get(a)!)
}
