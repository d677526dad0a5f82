/** What the fullest rank of each pipeline stage holds and does, whatever the mechanisms are. */
import { bytesByRole, type Formats } from '../../architecture/formats.ts'
import type { Model } from '../../architecture/model.ts'
import { classes } from '../../formulas/index.ts'
import { rankSlot } from '../../formulas/generated/contract.ts'
import type { Pass, Sums } from '../../formulas/runtime.ts'
import { encodedPositions } from '../encoded.ts'
import { decodePass, prefillPass, routedPass } from '../sums.ts'
import type { Workload } from '../types.ts'
import type { Parallel } from './parallel.ts'
import { rankFormulas, sharesOf, type Shares } from './shares.ts'
import { stagesOf, type StagedBlock } from './stages.ts'

export interface Stage {
  blocks: readonly (StagedBlock & { shares: Shares })[]
  /** Parameters of a rank by what decides their format. */
  weights: Sums
}

export type Held = (typeof classes.holds)[number]

const slots = Object.keys(rankSlot).length
const noRankSums = (): Sums => Array.from({ length: slots }, () => 0)

/** @throws ArchcostError `invalid_deployment` where a model cannot be cut so */
export function cutModel(model: Model, parallel: Parallel): Stage[] {
  return stagesOf(model, parallel).map((staged) => {
    const blocks = staged.map((each) => ({ ...each, shares: sharesOf(each.block, parallel) }))
    const [weights, tables] = [noRankSums(), noRankSums()]
    for (const { block, shares, copies, apart } of blocks) {
      rankFormulas(block).addWeights(block.settings, shares, copies, weights)
      if (apart) rankFormulas(block).addWeights(block.settings, shares, 1, tables)
    }
    weights[rankSlot['params.embedding']]! += tables[rankSlot.reused_embedding]!
    return { blocks, weights }
  })
}

/** Bytes of the weights of a stage's rank. */
export const weightBytes = ({ weights }: Stage, formats: Formats): number =>
  bytesByRole(formats).reduce(
    (sum, each, role) => sum + each * weights[rankSlot['params.embedding'] + role]!,
    0,
  )

/**
 * Elements of the cache of one sequence that a stage's rank holds after the step that sees the context, by what is held:
 * growing parts are cut over the ranks of context parallelism, the others stand on each.
 */
export function cacheElements(
  { blocks }: Stage,
  model: Model,
  workload: Workload,
  cp: number,
): Record<Held, number> {
  const plain = { ...workload, bytes_per_cache: 1, bytes_per_state: 1 }
  const positions = encodedPositions(model, workload)
  const sumsAt = (context: number): Sums => {
    const sums = noRankSums()
    const step = decodePass({ ...plain, context }, positions)
    for (const { block, role, layers, capacity, shares } of blocks)
      if (role === 'decoder')
        rankFormulas(block).addCache(block.settings, entering(step, capacity), shares, layers, sums)
    return sums
  }
  const whole = sumsAt(workload.context)
  const growing = cp === 1 ? whole : sumsAt(Math.ceil(workload.context / cp))
  const held = classes.holds.map((each): [Held, number] => [
    each,
    growing[rankSlot[`cache_bytes.${each}.growing`]]! +
      whole[rankSlot[`cache_bytes.${each}.bounded`]]! +
      whole[rankSlot[`cache_bytes.${each}.fixed`]]!,
  ])
  return Object.fromEntries(held) as Record<Held, number>
}

const entering = (pass: Pass, capacity: number | undefined): Pass =>
  capacity === undefined ? pass : routedPass(pass, capacity)

/** FLOPs and activations of a stage's rank for a prefill of one sequence, in the slots `flops.…` and `activation_bytes`. */
export function prefillWork({ blocks }: Stage, model: Model, workload: Workload): Sums {
  const sums = noRankSums()
  const positions = encodedPositions(model, workload)
  for (const { block, role, layers, capacity, shares } of blocks)
    if (role === 'decoder')
      rankFormulas(block).addWork(
        block.settings,
        entering(prefillPass(workload, positions), capacity),
        shares,
        layers,
        sums,
      )
  return sums
}
