/** A model on a deployment that is known to be one: what fits, each number found when it is asked for. `fit` finds them all. */
import type { Model } from '../../architecture/model.ts'
import type { Device } from '../hardware.ts'
import type { Workload } from '../types.ts'
import { completeDeployment, type CompleteDeployment, type Deployment } from './complete.ts'
import { fewestDevices, longestContext, mostSequences } from './most.ts'
import { rankStates, roomOf, type RankState, type Room } from './room.ts'

/** A model on a deployment, of which each number is found when it is asked for. */
export interface OpenFit {
  deployed: CompleteDeployment
  /** A rank of each pipeline stage, the first one first. */
  states: readonly RankState[]
  room: Room
  most: () => { batch: number; tokens: number } | null
  max_context: () => number | null
  min_devices: () => number | null
  /** Of one uncut copy. */
  total: () => { weights: number; cache_per_sequence: number }
}

/** @throws ArchcostError `invalid_deployment` on what cannot be, `invalid_workload` */
export function openFit(
  model: Model,
  said: Deployment,
  given: Partial<Workload> = {},
  own?: Device,
): OpenFit {
  const deployed = completeDeployment(model, said, given, own)
  const { context, batch } = deployed.workload
  const states = rankStates(model, deployed)
  const room = roomOf(states, deployed, context, batch)
  return {
    deployed,
    states,
    room,
    most: () => mostSequences(states, deployed, room.most_at),
    max_context: () => (room.held > 0 ? longestContext(states, deployed) : null),
    min_devices: () => fewestDevices(model, said, given, own, deployed.parallel.devices, room.fits),
    total: () => {
      const one = uncut(deployed)
      const { weights_stored, cache } = roomOf(rankStates(model, one), one, context, 1)
      return { weights: weights_stored, cache_per_sequence: cache }
    },
  }
}

/** One copy on one rank without a runtime. */
const uncut = (deployed: CompleteDeployment): CompleteDeployment => ({
  ...deployed,
  runtime: null,
  chosen: {},
  parallel: { devices: 1, tp: 1, pp: 1, dp: 1, ep: 1, etp: 1, cp: 1, dp_attention: false, note: null },
}) // prettier-ignore
