/** The blocks that stand on the ranks of each pipeline stage. */
import type { Model, PlacedBlock } from '../../architecture/model.ts'
import { refuse, type Parallel } from './parallel.ts'

/** A block on a stage: in how many layers, and the share of the tokens that reaches it where not all do. */
export interface StagedBlock {
  block: PlacedBlock
  role: 'encoder' | 'decoder'
  layers: number
  capacity: number | undefined
  /** How many copies of its parameters stand there; blocks that share them have one. */
  copies: number
  /** The input of its stack stands on another stage, so that a tied head has a copy of the table. */
  apart: boolean
}

/**
 * Layers follow each other; what they do not divide into goes to the stages before the last one, as in vLLM's
 * `get_pp_indices`. The input of a stack stands with its first layer, the output with its last.
 * @throws ArchcostError `invalid_deployment` on more stages than layers
 */
export function stagesOf({ stacks }: Model, { pp }: Parallel): StagedBlock[][] {
  const all = stacks.reduce((sum, { n_layers }) => sum + n_layers, 0)
  if (pp > 1 && pp > all) refuse('pp', `${pp} stages need as many layers, and there are ${all}`)
  const firsts = firstLayers(all, pp)
  let before = 0
  const stages = firsts.map((): StagedBlock[] => [])
  for (const { role, input, groups, output, n_layers } of stacks) {
    const start = before
    before += n_layers
    firsts.forEach((first, stage) => {
      const end = firsts[stage + 1] ?? all
      const here = stages[stage]!
      const holds = (layer: number): boolean => layer >= first && layer < end
      // A stack without layers has its ends where the layers before it are.
      const endsAt = (layer: number): boolean =>
        all === 0 ? stage === 0 : holds(Math.min(Math.max(layer, 0), all - 1))
      const once = (block: PlacedBlock): void =>
        add(here, { block, role, layers: 1, capacity: undefined, apart: !endsAt(start) })
      if (endsAt(start)) input.forEach(once)
      for (const { blocks, layers, routed } of groups) {
        const count = layers.filter((layer) => holds(start + layer)).length
        if (count === 0) continue
        for (const block of blocks)
          add(here, { block, role, layers: count, capacity: routed?.capacity, apart: false })
        if (routed)
          add(here, {
            block: routed.router,
            role,
            layers: count,
            capacity: undefined,
            apart: false,
          })
      }
      if (endsAt(before - 1)) output.forEach(once)
    })
  }
  return stages
}

function firstLayers(layers: number, pp: number): number[] {
  const least = Math.floor(layers / pp)
  const more = layers % pp
  const firsts: number[] = []
  for (let stage = 0, first = 0; stage < pp; stage++) {
    firsts.push(first)
    const from_end = pp - stage
    first += least + (from_end >= 2 && from_end < 2 + more ? 1 : 0)
  }
  return firsts
}

/** What is stored elsewhere has a copy on each stage that does not hold it yet. */
function add(stage: StagedBlock[], staged: Omit<StagedBlock, 'copies'>): void {
  const { block, layers } = staged
  const isThere = (): boolean =>
    stage.some((other) => other.copies > 0 && sameShare(other.block, block))
  stage.push({ ...staged, copies: !block.stored_elsewhere ? layers : isThere() ? 0 : 1 })
}

const sameShare = (a: PlacedBlock, b: PlacedBlock): boolean =>
  a.formulas === b.formulas && JSON.stringify(a.settings) === JSON.stringify(b.settings)
