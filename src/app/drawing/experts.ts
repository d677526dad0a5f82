/** How many experts are drawn, which of them work, and the tiles they take: all of one area, no ragged end. */
import type { Cost, Workload } from '../../engine/index.ts'
import type { Settings } from '../../formulas/index.ts'
import type { Area } from './areas.ts'
import type { Box } from './box.ts'

export interface Cells {
  /** Tiles of routed experts. */
  cells: number
  /** How many of them work: all where only work has area. */
  working: number
  /** Routed experts that are stored. */
  stored: number
}

/** @param settings of a block that has experts */
export function cellsOf(settings: Settings, cost: Cost, area: Area, workload: Workload): Cells {
  const [stored, top_k] = [Number(settings['n_experts']), Number(settings['top_k'])]
  const { total, active, by_role } = cost.params
  // Experts that do nothing are chosen too: of those with weights fewer than top_k work.
  const used =
    by_role.experts > 0
      ? stored * (1 - (total - active) / by_role.experts)
      : Math.min(top_k, stored)
  const perToken = within(used, stored)
  if (!area.work) return { cells: stored, working: perToken, stored }
  if (area.id === 'active') return { cells: perToken, working: perToken, stored }
  // With even routing a token misses an expert with probability 1 - k/n.
  const tokens = workload.batch * (area.id === 'prefill' ? workload.context - workload.cached : 1)
  const touched = within(stored * (1 - (1 - used / stored) ** tokens), stored)
  return { cells: touched, working: touched, stored }
}

const within = (count: number, stored: number): number =>
  Math.min(stored, Math.max(1, Math.round(count)))

/** Which of `cells` are filled: spread evenly, always the same. */
export function workingCells(cells: number, working: number): ReadonlySet<number> {
  const chosen = new Set<number>()
  for (let step = 0; chosen.size < Math.min(working, cells); step++) {
    const golden = (step * 0.618 + 0.11) % 1
    const cell = Math.floor(golden * cells)
    // Steps of the golden section come to every cell, but late to the last ones.
    chosen.add(step < 8 * cells ? cell : step % cells)
  }
  return chosen
}

export interface Tiles {
  shared: Box | null
  routed: readonly Box[]
}

/**
 * Tiles a column: rows of cells as square as they can be, the shared expert first.
 * @param shared how many routed experts it is as large as
 */
export function tile({ x, y, width, height }: Box, cells: number, shared: number): Tiles {
  const units = cells + shared
  const rows = Math.max(1, Math.min(cells, Math.round(Math.sqrt((units * height) / width))))
  const routed: Box[] = []
  let sharedBox: Box | null = null
  let top = y
  for (let row = 0; row < rows; row++) {
    const inRow = Math.floor(((row + 1) * cells) / rows) - Math.floor((row * cells) / rows)
    const first = row === 0 ? shared : 0
    const rowHeight = (height * (inRow + first)) / units
    const one = width / (inRow + first)
    if (first > 0) sharedBox = { x, y: top, width: first * one, height: rowHeight }
    for (let place = 0; place < inRow; place++)
      routed.push({ x: x + (first + place) * one, y: top, width: one, height: rowHeight })
    top += rowHeight
  }
  return { shared: sharedBox, routed }
}
