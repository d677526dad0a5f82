/** What the fullest rank of each pipeline stage holds and does, whatever the mechanisms are. */
import type { Model } from '../../architecture/model.ts'
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
  /** Parameters of a rank by what decides their format. */
  weights: Sums
}

export type Held = (typeof classes.holds)[number]

const slots = Object.keys(rankSlot).length
export const noRankSums = (): Sums => Array.from({ length: slots }, () => 0)

/** @throws ArchcostError `invalid_deployment` where a model cannot be cut so */
export function cutModel(model: Model, parallel: Parallel): Stage[] {
  return stagesOf(model, parallel).map((staged, place) => {
    const blocks = staged.map((each) => ({ ...each, shares: sharesOf(each.block, parallel) }))
    const [weights, tables] = [noRankSums(), noRankSums()]
    for (const { block, shares, copies, apart } of blocks) {
      rankFormulas(block).addWeights(block.settings, shares, copies, weights)
      if (apart) rankFormulas(block).addWeights(block.settings, shares, 1, tables)
    }
    weights[rankSlot['params.embedding']]! += tables[rankSlot.reused_embedding]!
    if (place === 0) addTowers(model, weights)
    return { blocks, weights }
  })
}

/** Towers stand on the first stage, whole on every rank: some runtimes cut them, and none needs more. */
function addTowers({ towers }: Model, weights: Sums): void {
  for (const { input, groups, output } of towers) {
    const placed = [
      ...[...input, ...output].map((block) => ({ block, layers: 1 })),
      ...groups.flatMap(({ blocks, layers }) =>
        blocks.map((block) => ({ block, layers: layers.length })),
      ),
    ]
    for (const { block, layers } of placed)
      if (!block.stored_elsewhere)
        rankFormulas(block).addWeights(block.settings, uncut, layers, weights)
  }
}

/** Bytes of the weights of a stage's rank; `bytes` are those of a weight of each role, on average where they differ. */
export const weightBytes = ({ weights }: Stage, bytes: readonly number[]): number =>
  bytes.reduce((sum, each, role) => sum + each * weights[firstWeight + role]!, 0)

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
