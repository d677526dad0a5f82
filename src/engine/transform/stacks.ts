/** Changes to the blocks of a stack, whatever its layers look like. */
import type {
  Architecture,
  BlockUse,
  LayerPick,
  Stack,
  Sublayer,
} from '../../architecture/schema.ts'
import { readSettings, resolveSettings } from '../../architecture/settings.ts'
import { blocks, type Names, type Settings } from '../../formulas/index.ts'
import { bodiesOf, mapBody, sublayerOf, type Body } from './layers.ts'

/** A block in a layer, with what is needed to know its settings. */
export interface Spot {
  layer: number
  stack: Stack
  names: Names
}

/** Changes every block inside the layers of a stack. */
export function mapBlocks(
  document: Architecture,
  stack: Stack,
  change: (use: BlockUse, spot: Spot) => BlockUse,
): Stack {
  const names = namesOf(document, stack)
  return mapBodies(stack, (body, layer) =>
    mapBody(body, (use) => change(use, { layer, stack, names })),
  )
}

/** Changes what the sublayers hold in each layer. */
function mapBodies(
  stack: Stack,
  change: (body: Body, layer: number, sublayer: Sublayer) => Body,
): Stack {
  return { ...stack, layer: stack.layer.map((sublayer) => {
    const bodies = bodiesOf(sublayer, stack.n_layers)
    const changed = bodies.map((body, layer) => change(body, layer, sublayer))
    return changed.every((body, layer) => body === bodies[layer]) ? sublayer : sublayerOf(sublayer.name, changed, hintsOf(stack))
  }) } // prettier-ignore
}

/** All the ways in which the stack's exceptions pick layers. */
export const hintsOf = (stack: Stack): LayerPick[] =>
  stack.layer.flatMap(({ except = [] }) => except.map(({ layers }) => layers))

/** The stack that decodes, or the only one. */
export const mainStack = ({ stacks }: Architecture): Stack =>
  stacks.find(({ role }) => role === 'decoder') ?? stacks[0]!

/** The document with another stack in the place of one. */
export const withStack = (document: Architecture, old: Stack, stack: Stack): Architecture => ({
  ...document,
  stacks: document.stacks.map((each) => (each === old ? stack : each)),
})

const namesOf = ({ d_model, max_context }: Architecture, stack: Stack): Names => ({
  d_model: stack.d_model ?? d_model,
  n_layers: stack.n_layers,
  max_context,
  bidirectional: stack.role === 'encoder' ? 1 : 0,
})

/** All settings of a block, those that follow from others too. */
export function settingsOf(use: BlockUse, names: Names): Settings {
  const formulas = blocks[use.block]!
  return resolveSettings(formulas, readSettings(formulas, use, use.block), names, use.block)
}

/** What stays where a block is exchanged for another: its place and its norms. */
export function placeOf({ name, share, before, after }: BlockUse): Omit<BlockUse, 'block'> {
  return dropUndefined({ name, share, before, after })
}

const dropUndefined = <Given extends object>(given: Given): Given =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Given
