/** The arrow keys' way through the points of a map: left and right by the value across, up and down by the value up. */
import type { Spot } from './labels.ts'

const orders: Readonly<Record<string, { by: (spot: Spot) => number; step: 1 | -1 }>> = {
  ArrowRight: { by: ({ x }) => x, step: 1 },
  ArrowLeft: { by: ({ x }) => x, step: -1 },
  // Down the page is less.
  ArrowDown: { by: ({ y }) => y, step: 1 },
  ArrowUp: { by: ({ y }) => y, step: -1 },
}

/** @returns the next point; the same one at an end, null where the key is none that moves */
export function nextSpot(spots: readonly Spot[], from: Spot, key: string): Spot | null {
  const order = orders[key]
  if (order === undefined) return null
  const sorted = spots.toSorted((a, b) => order.by(a) - order.by(b))
  return sorted[sorted.indexOf(from) + order.step] ?? from
}
