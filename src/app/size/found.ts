/** What a search for shapes has found so far, and how it goes. */
import type { Miss, Step } from './depth-search.ts'
import type { Shape } from './shape.ts'

export interface Found {
  shapes: readonly Shape[]
  misses: readonly Miss[]
  /** Why depths have no design at all, each reason once. */
  refusals: readonly string[]
  /** Designs looked at. */
  looked: number
  seconds: number
  /** How much of each depth is done. */
  done: ReadonlyMap<number, number>
  state: 'going' | 'stopped' | 'done'
  /** Why the search ended, where it failed. */
  problem: string | null
}

export const nothing: Found = {
  shapes: [],
  misses: [],
  refusals: [],
  looked: 0,
  seconds: 0,
  done: new Map(),
  state: 'going',
  problem: null,
}

/** The depths that are looked at, those first that most models have. */
export const depths = [32, 28, 36, 24, 40, 48, 20, 64, 16, 56, 80, 12, 72, 8, 96, 112, 128]

export function withStep(found: Found, step: Step, seconds: number): Found {
  const done = new Map(found.done).set(step.n_layers, step.done)
  return {
    ...found,
    shapes: step.shape === null ? found.shapes : [...found.shapes, step.shape],
    misses: [...found.misses, ...step.misses],
    refusals:
      step.refused === null ? found.refusals : [...new Set([...found.refusals, step.refused])],
    looked: found.looked + step.looked,
    seconds,
    done,
    state: shareDone(done) === 1 ? 'done' : 'going',
  }
}

export const shareDone = (done: Found['done']): number =>
  depths.reduce((sum, depth) => sum + (done.get(depth) ?? 0), 0) / depths.length
