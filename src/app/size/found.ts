/** What sizing has found so far, and how it goes. */
import type { DepthStep } from '../../engine/ask/size/depth-search.ts'
import { nothingFound, withStep, type Sizing } from '../../engine/ask/size/size.ts'

export interface Found extends Sizing {
  seconds: number
  /** How much of each depth is done. */
  done: ReadonlyMap<number, number>
  state: 'going' | 'stopped' | 'done'
  /** Why the search ended, where it failed. */
  problem: string | null
}

export const begun = (depths: readonly number[]): Found => ({
  ...nothingFound,
  seconds: 0,
  done: new Map(depths.map((depth) => [depth, 0])),
  state: 'going',
  problem: null,
})

export const nothing = begun([])

export function withProgress(found: Found, step: DepthStep, seconds: number): Found {
  const done = new Map(found.done).set(step.n_layers, step.done)
  return {
    ...found,
    ...withStep(found, step),
    seconds,
    done,
    state: shareDone(done) === 1 ? 'done' : 'going',
  }
}

export function shareDone(done: Found['done']): number {
  let sum = 0
  for (const share of done.values()) sum += share
  return done.size === 0 ? 0 : sum / done.size
}
