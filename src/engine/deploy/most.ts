/** How many sequences fit, how long ones, and on how few devices. */
import { attempt, ArchcostError } from '../../architecture/errors.ts'
import type { Model } from '../../architecture/model.ts'
import type { Device } from '../hardware.ts'
import type { Workload } from '../types.ts'
import { completeDeployment, type CompleteDeployment, type Deployment } from './complete.ts'
import { rankStates, roomOf, type RankState } from './room.ts'

/** Sequences are added until the next does not fit. */
export function mostSequences(
  states: readonly RankState[],
  deployed: CompleteDeployment,
  mostAt: (batch: number) => number,
): { batch: number; tokens: number } | null {
  const { dp } = deployed.parallel
  const { context } = deployed.workload
  if (mostAt(1) === Infinity) return null
  const fitsWith = (of_rank: number): boolean =>
    of_rank === 0 || roomOf(states, deployed, context, of_rank * dp).fits
  const of_rank = greatest(fitsWith, 0)
  const most = mostAt(Math.max(1, of_rank) * dp)
  return { batch: of_rank * dp, tokens: Math.max(0, Math.floor(most * context) * dp) }
}

export function longestContext(
  states: readonly RankState[],
  deployed: CompleteDeployment,
): number | null {
  const { batch } = deployed.workload
  const fitsAt = (context: number): boolean =>
    context === 0 || roomOf(states, deployed, context, batch).fits
  if (fitsAt(farthest)) return null
  return greatest(fitsAt, 0)
}

const farthest = 2 ** 40

/** The greatest whole number that holds, from one that does; if one does not, none above it does. */
function greatest(holds: (n: number) => boolean, from: number): number {
  let [low, step] = [from, 1]
  while (low + step < farthest && holds(low + step)) {
    low += step
    step *= 2
  }
  let high = low + step
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

/** The smallest legal degree among 1, 2, 4 and 8 ranks side by side, then 8 times more and more stages. */
export function fewestDevices(
  model: Model,
  said: Deployment,
  given: Partial<Workload>,
  own: Device | undefined,
  devices: number,
  fits: boolean,
): number | null {
  const side = said.parallel?.dp_attention ? 'dp' : 'tp'
  const tries = [1, 2, 4, 8].map((count) => ({ [side]: count, pp: 1 }))
  for (let pp = 2; pp <= 64; pp *= 2) tries.push({ [side]: 8, pp })
  for (const degrees of tries) {
    const count = degrees[side]! * degrees.pp
    // Experts are cut as they are said to be where all ranks are there, and by themselves where not.
    const { dp_attention } = said.parallel ?? {}
    const trial = attempt(() => {
      const deployed = completeDeployment(
        model,
        {
          ...said,
          devices: count,
          parallel: { ...degrees, ...(dp_attention && degrees['dp'] !== 1 ? { dp_attention } : {}), ...(said.parallel?.ep ? { ep: degrees[side]! } : {}) },
        },
        given,
        own,
      ) // prettier-ignore
      const { context, batch } = deployed.workload
      return roomOf(rankStates(model, deployed), deployed, context, batch).fits
    })
    if (trial instanceof ArchcostError) continue
    if (trial) return count
  }
  return fits ? devices : null
}
