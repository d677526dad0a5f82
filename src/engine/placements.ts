/** The blocks of a model where they stand, and the pass that reaches each. */
import type {
  LayerGroup,
  Model,
  PlacedBlock,
  PreparedStack,
  PreparedTower,
} from '../architecture/model.ts'
import { passOf, type Pass, type Trait } from '../formulas/index.ts'
import { decoderPrefill, encodedPositions } from './encoded.ts'
import { decodePass, routedPass } from './sums.ts'
import { towerRuns } from './towers.ts'
import type { Workload } from './types.ts'

/** A block with the number of layers that hold it. */
export interface Placement {
  block: PlacedBlock
  stack: PreparedStack | PreparedTower
  /** The group of equal layers that holds it; undefined for what stands before or after the layers. */
  group: LayerGroup | undefined
  layers: number
  /** The share of the tokens that reaches it, where not all do. */
  capacity: number | undefined
}

/** Those of the language model, in the order of the document, group by group of layers. */
export const placements = ({ stacks }: Model): Placement[] => placementsIn(stacks)

/** Those of the towers. */
export const towerPlacements = ({ towers }: Model): Placement[] => placementsIn(towers)

function placementsIn(stacks: readonly Placement['stack'][]): Placement[] {
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
  placement: Placement,
  occasion: 'prefill' | 'decode',
  model: Model,
  workload: Workload,
): Pass {
  const { stack, capacity } = placement
  if (isTower(stack)) return towerPasses(placement, model, workload)[0]!.pass
  const whole = passThrough(stack, occasion, model, workload)
  return capacity === undefined ? whole : routedPass(whole, capacity)
}

const isTower = (stack: Placement['stack']): stack is PreparedTower => 'feeds' in stack

/** The passes that pieces of an image or of sound make through a block of a tower: one for each shape, and how many there are. */
export function towerPasses(
  { block, stack }: Placement,
  model: Model,
  workload: Workload,
): { pass: Pass; pieces: number }[] {
  const runs = towerRuns(model, workload).filter(({ tower }) => tower === stack)
  if (runs.length === 0) return [{ pass: passOf(workload, 0, 0, 0), pieces: 0 }]
  return runs.map(({ tower, input, layers, output, pieces }) => ({
    pass: input[tower.input.indexOf(block)] ?? output[tower.output.indexOf(block)] ?? layers,
    pieces,
  }))
}

function passThrough(
  { role }: PreparedStack,
  occasion: 'prefill' | 'decode',
  model: Model,
  workload: Workload,
): Pass {
  const { context, source } = workload
  const positions = encodedPositions(model, workload)
  if (role === 'encoder') return passOf(workload, positions, 0, source ?? context)
  return occasion === 'decode'
    ? decodePass(workload, positions)
    : decoderPrefill(model, workload, positions)
}
