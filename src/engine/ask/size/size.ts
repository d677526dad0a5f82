/** Sizing: at each depth the best shape for a budget, and where none fits, what rules out what. */
import type { Brief } from './brief.ts'
import { searchDepth, type DepthStep, type Miss } from './depth-search.ts'
import { layersOf } from './ratios.ts'
import { ranked, type Shape } from './shape.ts'

export interface Sizing {
  shapes: readonly Shape[]
  misses: readonly Miss[]
  /** Why depths have no design at all, each reason once. */
  refusals: readonly string[]
  /** Designs looked at. */
  looked: number
}

export const nothingFound: Sizing = { shapes: [], misses: [], refusals: [], looked: 0 }

export function withStep(sizing: Sizing, { shape, misses, refused, looked }: DepthStep): Sizing {
  return {
    shapes: shape === null ? sizing.shapes : [...sizing.shapes, shape],
    misses: [...sizing.misses, ...misses],
    refusals: refused === null ? sizing.refusals : [...new Set([...sizing.refusals, refused])],
    looked: sizing.looked + looked,
  }
}

/** Depths of published models, those first that most of them have. */
const usualDepths = [32, 28, 36, 24, 40, 48, 20, 64, 16, 56, 80, 12, 72, 8, 96, 112, 128]

/** The depths that are looked at: the usual ones and that of the family. */
export const depthsOf = (brief: Brief): number[] => {
  const multiple = brief.multiples['n_layers'] ?? 1
  return [...new Set([layersOf(brief), ...usualDepths])].filter((depth) => depth % multiple === 0)
}

/** Sizes at one depth after the other. @returns shapes as `ranked` orders them */
export function size(brief: Brief, depths: readonly number[] = depthsOf(brief)): Sizing {
  let sizing = nothingFound
  for (const depth of depths)
    for (const step of searchDepth(brief, depth)) sizing = withStep(sizing, step)
  return { ...sizing, shapes: ranked(sizing.shapes) }
}

/** Of each condition the nearest miss, over all depths. */
export function nearestMisses(misses: readonly Miss[]): Miss[] {
  const conditions = [...new Set(misses.map(({ condition }) => condition))]
  // What is looked at last rules out what met all others.
  return conditions.toReversed().map((condition) => {
    const all = misses.filter((miss) => miss.condition === condition)
    return {
      ...all.reduce((near, each) => (each.by < near.by ? each : near)),
      count: all.reduce((sum, { count }) => sum + count, 0),
    }
  })
}
