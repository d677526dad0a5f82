/** The blocks of a model where they stand, and the pass that reaches each. */
import type { LayerGroup, Model, PlacedBlock, PreparedStack } from '../architecture/model.ts'
import { passOf, type Pass, type Trait } from '../formulas/index.ts'
import { decodePass, encodedPositions, prefillPass, routedPass } from './sums.ts'
import type { Workload } from './types.ts'

/** A block with the number of layers that hold it. */
export interface Placement {
  block: PlacedBlock
  stack: PreparedStack
  /** The group of equal layers that holds it; undefined for what stands before or after the layers. */
  group: LayerGroup | undefined
  layers: number
  /** The share of the tokens that reaches it, where not all do. */
  capacity: number | undefined
}

/** In the order of the document, group by group of layers. */
export function placements({ stacks }: Model): Placement[] {
  return stacks.flatMap((stack) => {
    const { input, groups, output } = stack
    const once = (block: PlacedBlock): Placement => ({
      block,
      stack,
      group: undefined,
      layers: 1,
      capacity: undefined,
    })
    const inLayers = groups.flatMap((group) => {
      const { blocks, routed } = group
      const held = (block: PlacedBlock, capacity: number | undefined): Placement => ({
        block,
        stack,
        group,
        layers: group.layers.length,
        capacity,
      })
      return [
        ...blocks.map((block) => held(block, routed?.capacity)),
        // The router itself sees all tokens.
        ...(routed ? [held(routed.router, undefined)] : []),
      ]
    })
    return [...input.map(once), ...inLayers, ...output.map(once)]
  })
}

/** Whether some block of a model has a trait. */
export const holds = (model: Model, trait: Trait): boolean =>
  placements(model).some(({ block }) => block.formulas.is === trait)

/** The pass that reaches a block in a prefill, or in the decode step that sees the context. An encoder runs once, in full. */
export function passAt(
  { stack, capacity }: Placement,
  occasion: 'prefill' | 'decode',
  model: Model,
  workload: Workload,
): Pass {
  const whole = passThrough(stack, occasion, encodedPositions(model, workload), workload)
  return capacity === undefined ? whole : routedPass(whole, capacity)
}

function passThrough(
  { role }: PreparedStack,
  occasion: 'prefill' | 'decode',
  positions: number,
  workload: Workload,
): Pass {
  const { context, source } = workload
  if (role === 'encoder') return passOf(workload, positions, 0, source ?? context)
  return occasion === 'decode' ? decodePass(workload, positions) : prefillPass(workload, positions)
}
