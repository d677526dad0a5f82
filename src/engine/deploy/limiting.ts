/** Which pipeline stage has no room for one more sequence: not always the one that is fullest with the batch that is asked. */
import type { OpenFit } from './open-fit.ts'
import { roomOf } from './room.ts'

/**
 * @param most sequences of the whole deployment
 * @returns what is to be said where the rank that is shown is of another stage
 */
export function noteOnLimit({ deployed, states, room }: OpenFit, most: number | null): string[] {
  if (most === null || states.length === 1) return []
  const { context } = deployed.workload
  const more = most + deployed.parallel.dp
  const isFull = (stage: number): boolean => !roomOf([states[stage]!], deployed, context, more).fits
  const shown = states.indexOf(room.state)
  if (isFull(shown)) return []
  const limiting = states.findIndex((_, stage) => isFull(stage))
  return [
    `stage ${limiting + 1} of ${states.length} limits the most sequences: its cache grows faster than that of stage ${shown + 1}, which is fullest with this batch and shown above`,
  ]
}
