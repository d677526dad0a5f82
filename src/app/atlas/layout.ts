/** Where everything on the map stands, from values and room alone. */
import type { Box } from '../drawing/box.ts'
import { frontierOf } from './frontier.ts'
import { byIsolation, placeLabels, type Label, type Spot } from './labels.ts'
import type { Scale } from '../parts/scale.ts'

export interface Point {
  id: string
  text: string
  x: number | null
  y: number | null
  /** A model of the visitor's own: named first, and no part of the frontier. */
  is_own: boolean
}

interface Room {
  width: number
  height: number
}

export interface Layout {
  plot: Box
  /** Points that have a place; the others lack a value, or have 0 among orders of magnitude. */
  spots: readonly Spot[]
  /** Names of the points on the frontier, and the steps through them as an SVG path. */
  frontier: ReadonlySet<string>
  steps: string
  labels: readonly Label[]
  ticks: { x: readonly Tick[]; y: readonly Tick[] }
}

interface Tick {
  value: number
  /** Pixels from the left, or from the top. */
  at: number
}

const margin = { left: 88, right: 14, top: 26, bottom: 46 }

/** A name for so many square pixels, as a map does not get darker by getting smaller. */
const roomForName = 13_000

export function layout(
  points: readonly Point[],
  scales: { x: Scale; y: Scale },
  { width, height }: Room,
): Layout {
  const plot: Box = {
    x: margin.left,
    y: margin.top,
    width: width - margin.left - margin.right,
    height: height - margin.top - margin.bottom,
  }
  const across = (share: number): number => plot.x + share * plot.width
  const up = (share: number): number => plot.y + (1 - share) * plot.height
  const placed = points.flatMap((point) => {
    const [x, y] = [scales.x.at(point.x), scales.y.at(point.y)]
    if (x === null || y === null) return []
    return [
      {
        point,
        spot: { id: point.id, text: point.text, is_own: point.is_own, x: across(x), y: up(y) },
      },
    ]
  })
  const spots = placed.map(({ spot }) => spot)
  const frontier = frontierOf(
    placed
      .filter(({ point }) => !point.is_own)
      .map(({ point, spot }) => ({ x: point.x!, y: point.y!, spot })),
  ).map(({ spot }) => spot)
  const own = placed.filter(({ point }) => point.is_own).map(({ spot }) => spot)
  const first = new Set([...own, ...frontier])
  const others = byIsolation(spots).filter((spot) => !first.has(spot))
  return {
    plot,
    spots,
    frontier: new Set(frontier.map(({ id }) => id)),
    steps: stepsThrough(frontier, plot),
    labels: placeLabels(
      [...first, ...others],
      spots,
      plot,
      Math.floor((plot.width * plot.height) / roomForName),
    ),
    ticks: {
      x: scales.x.ticks.map((value) => ({ value, at: across(scales.x.at(value)!) })),
      y: scales.y.ticks.map((value) => ({ value, at: up(scales.y.at(value)!) })),
    },
  }
}

/** The least that any model as far across has: level up to each model of the frontier, then a step to the next. */
function stepsThrough(frontier: readonly Spot[], plot: Box): string {
  if (frontier.length === 0) return ''
  const steps = frontier.map(({ x, y }) => `V${y.toFixed(1)}H${x.toFixed(1)}`)
  return `M${plot.x} ${frontier[0]!.y.toFixed(1)}${steps.join('')}`
}

/** The corner of the plot where a card of some size covers the fewest points. */
export function emptiestCorner(spots: readonly Spot[], plot: Box, card: Room): Box {
  const right = plot.x + plot.width - card.width
  const low = plot.y + plot.height - card.height
  const corners = [
    { x: right, y: low },
    { x: plot.x, y: plot.y },
    { x: right, y: plot.y },
    { x: plot.x, y: low },
  ].map((corner): Box => ({ ...corner, ...card }))
  const covered = (box: Box): number =>
    spots.filter(
      ({ x, y }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
    ).length
  return corners.toSorted((a, b) => covered(a) - covered(b))[0]!
}
