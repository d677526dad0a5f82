/** What the fullest rank of each pipeline stage holds and does, whatever the mechanisms are. */
import { attempt, ArchcostError } from '../../architecture/errors.ts'
import type { Model, PlacedBlock } from '../../architecture/model.ts'
import type { classes } from '../../formulas/index.ts'
import { rankSlot } from '../../formulas/generated/contract.ts'
import type { Pass, Sums } from '../../formulas/runtime.ts'
import { encodedPositions } from '../encoded.ts'
import { prefillPass, routedPass } from '../sums.ts'
import type { Workload } from '../types.ts'
import type { Parallel } from './parallel.ts'
import { rankFormulas, sharesOf, uncut, type Shares } from './shares.ts'
import { stagesOf, type StagedBlock } from './stages.ts'

export interface Stage {
  blocks: readonly (StagedBlock & { shares: Shares })[]
  /** Blocks of towers, and in how many layers. */
  towers: readonly { block: PlacedBlock; layers: number; shares: Shares }[]
  /** Parameters of a rank by what decides their format. */
  weights: Sums
}

export type Held = (typeof classes.holds)[number]

const slots = Object.keys(rankSlot).length
const noSums: Sums = Array.from({ length: slots }, () => 0)
export const noRankSums = (): Sums => [...noSums]

/**
 * @param cutsTowers whether towers are cut over the ranks of tensor parallelism
 * @throws ArchcostError `invalid_deployment` where a model cannot be cut so
 */
export function cutModel(model: Model, parallel: Parallel, cutsTowers: boolean): Stage[] {
  return stagesOf(model, parallel).map((staged, place) => {
    const blocks = staged.map((each) => ({ ...each, shares: sharesOf(each.block, parallel) }))
    const towers = place === 0 ? blocksOfTowers(model, cutsTowers ? parallel : null) : []
    const stage = { blocks, towers }
    return { ...stage, weights: weigh(stage) }
  })
}

/** Parameters of a rank by what decides their format. */
export function weigh({ blocks, towers }: Omit<Stage, 'weights'>): Sums {
  const [weights, tables] = [noRankSums(), noRankSums()]
  for (const { block, shares, copies, apart } of blocks) {
    rankFormulas(block).addWeights(block.settings, shares, copies, weights)
    if (apart) rankFormulas(block).addWeights(block.settings, shares, 1, tables)
  }
  weights[rankSlot['params.embedding']]! += tables[rankSlot.reused_embedding]!
  for (const { block, layers, shares } of towers)
    rankFormulas(block).addWeights(block.settings, shares, layers, weights)
  return weights
}

/**
 * Towers stand on the first stage, whole on every rank or cut over those of tensor parallelism; a block that the ranks do
 * not divide is whole.
 */
const blocksOfTowers = ({ towers }: Model, parallel: Parallel | null): Stage['towers'] =>
  towers
    .flatMap(({ input, groups, output }) => [
      ...[...input, ...output].map((block) => ({ block, layers: 1 })),
      ...groups.flatMap(({ blocks, layers }) =>
        blocks.map((block) => ({ block, layers: layers.length })),
      ),
    ])
    .filter(({ block }) => !block.stored_elsewhere)
    .map((each) => ({ ...each, shares: parallel ? sharesOrWhole(each.block, parallel) : uncut }))

function sharesOrWhole(block: PlacedBlock, parallel: Parallel): Shares {
  const shares = attempt(() => sharesOf(block, parallel))
  return shares instanceof ArchcostError ? uncut : shares
}

/** Bytes of weights of each role; `bytes` are those of a weight of it, on average where they differ. */
export const weightsByRole = (weights: Sums, bytes: readonly number[]): number[] =>
  bytes.map((each, role) => each * weights[firstWeight + role]!)

/** Bytes of the weights of a stage's rank. */
export const weightBytes = ({ weights }: Stage, bytes: readonly number[]): number =>
  weightsByRole(weights, bytes).reduce((sum, each) => sum + each, 0)

/** Where the weights of the first role stand; a slot for each role follows. */
export const firstWeight = rankSlot['params.embedding']

/** The pass that reaches a block where only a share of the tokens does. */
export const entering = (pass: Pass, capacity: number | undefined): Pass =>
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
