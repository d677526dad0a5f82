/** What a rank of each pipeline stage holds: those of one stage hold equally much. */
import type { Model } from '../../architecture/model.ts'
import type { Workload } from '../types.ts'
import { completeDeployment, type Deployment } from './complete.ts'
import { rankParts, type RankPart } from './rank-parts.ts'
import { rankStates, roomOf } from './room.ts'

/** In bytes. */
export interface StageRank {
  /** How many ranks there are of it. */
  ranks: number
  parts: readonly RankPart[]
  /** Sequences whose cache stands on it. */
  sequences: number
  working: number
  reserve: number
  available: number
  /** What is left; negative where it does not fit. */
  headroom: number
}

/**
 * First stage first.
 * @throws ArchcostError `invalid_deployment` on what cannot be, `invalid_workload`
 */
export function stageRanks(
  model: Model,
  said: Deployment,
  given: Partial<Workload> = {},
): StageRank[] {
  const deployed = completeDeployment(model, said, given)
  const { context, batch } = deployed.workload
  const { devices, pp, dp } = deployed.parallel
  return rankStates(model, deployed).map((state) => {
    const room = roomOf([state], deployed, context, batch)
    const { working, reserve, available, headroom } = room
    return {
      ranks: devices / pp,
      parts: rankParts(room, deployed),
      sequences: Math.ceil(batch / dp),
      working, reserve, available, headroom,
    }
  }) // prettier-ignore
}
