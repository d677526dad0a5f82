/** The matrices that a model stores, each where it stands: what formats by matrix and layer go by. */
import { formatRoles } from './formats.ts'
import type { Model, PlacedBlock, PreparedStack } from './model.ts'
import { addModel, noSums } from './stored.ts'
import { slot } from '../formulas/index.ts'
import type { MatrixPlace } from '../formulas/mixtures.ts'

/** A matrix, or so many of the same shape; or weights of a role whose shape no file says. */
export interface StoredMatrix {
  role: string
  /** What it is: `value`, `down`; `other` where no file says. */
  is: string
  weights: number
  copies: number
  place: MatrixPlace
}

const firstStored = slot['weights_stored.embedding']

/** In the order of layers; those of an encoder first. What is shared is stored once. */
export function storedMatrices(stacks: Model['stacks']): StoredMatrix[] {
  const blocks = stacks.flatMap(({ input, groups, output }) => [
    ...input,
    ...groups.flatMap((group) => group.blocks),
    ...output,
  ])
  const number = ({ settings }: PlacedBlock, name: string): number =>
    typeof settings[name] === 'number' ? settings[name] : 0
  const ofModel = {
    n_experts: Math.max(0, ...blocks.map((block) => number(block, 'n_experts'))),
    tied: Math.max(0, ...blocks.map((block) => number(block, 'tied'))),
  }
  const found = stacks.flatMap((stack) =>
    inLayers(stack).flatMap(({ block, layer }) => {
      const heads = number(block, 'n_heads')
      const group = heads / (number(block, 'n_kv_heads') || heads || 1) || 1
      const of = { ...ofModel, layer, n_layers: stack.n_layers, group, nth: 0, n_alike: 0 }
      return matricesOf(block).map(({ inputs, outputs, ...each }) => ({
        ...each,
        place: { ...of, inputs, outputs },
      }))
    }),
  )
  const counted = new Map<string, number>()
  for (const { is, place } of found) {
    place.nth = counted.get(is) ?? 0
    counted.set(is, place.nth + 1)
  }
  for (const { is, place } of found) place.n_alike = counted.get(is)!
  return found
}

/** Every block of a stack that stores weights, layer by layer. */
function inLayers({ input, groups, output, n_layers }: PreparedStack): {
  block: PlacedBlock
  layer: number
}[] {
  const at = (layer: number) => (block: PlacedBlock) => ({ block, layer })
  const layers = groups
    .flatMap(({ layers: those, blocks, routed }) =>
      those.flatMap((layer) => [...blocks, ...(routed ? [routed.router] : [])].map(at(layer))),
    )
    .toSorted((a, b) => a.layer - b.layer)
  return [...input.map(at(0)), ...layers, ...output.map(at(n_layers - 1))].filter(
    ({ block }) => !block.stored_elsewhere,
  )
}

interface Shaped {
  role: string
  is: string
  weights: number
  copies: number
  inputs: number
  outputs: number
}

/** What a block stores: the matrices that its file says, and what is left of each role. */
function matricesOf(block: PlacedBlock): Shaped[] {
  const { formulas, settings } = block
  const said = (formulas.matrices?.(settings) ?? [])
    .filter(({ copies }) => copies > 0)
    .map((each): Shaped => ({ ...each, weights: each.copies * each.inputs * each.outputs }))
  const sums = noSums()
  addModel([block], 1, sums)
  const left = formatRoles.map((role, index): Shaped => {
    const named = said.reduce((sum, each) => sum + (each.role === role ? each.weights : 0), 0)
    const weights = sums[firstStored + index]! - named
    return { role, is: 'other', weights, copies: 1, inputs: 0, outputs: weights }
  })
  return [...said, ...left.filter(({ weights }) => weights !== 0)]
}
