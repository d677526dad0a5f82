/** A document -> a model ready to be evaluated: checked, blocks placed, equal layers together. */
import type { Names, Settings } from '../formulas/index.ts'
import { readFormats, sixteenBit } from './formats.ts'
import { distinct, groupLayers } from './groups.ts'
import type { Model, PlacedBlock, PreparedStack } from './model.ts'
import { placeBlock, type Shares } from './place.ts'
import type { Architecture, Stack } from './schema.ts'
import { whyNoSteps } from './steps.ts'
import type { PlaceAt } from './sublayer.ts'

export { overrule, placeSublayer, planSublayer, type PlaceAt } from './sublayer.ts'

/**
 * Makes a document whose shape is checked already ready for `evaluate` and `explain`.
 * @throws ArchcostError `invalid_architecture` that names the address, what was found and what is expected
 */
export function prepareChecked(document: Architecture): Model {
  const shares: Shares = new Map()
  const stacks = document.stacks.map((stack) => prepareStack(stack, document, shares))
  return {
    architecture: document,
    weights: document.weights ? readFormats(document.weights, 'invalid_architecture') : sixteenBit,
    stacks,
    encoder: stacks.find(({ role }) => role === 'encoder'),
    decoder: stacks.find(({ role }) => role === 'decoder'),
    has_steps: whyNoSteps(document) === null,
  }
}

function prepareStack(stack: Stack, whole: Architecture, shares: Shares): PreparedStack {
  const { role, n_layers } = stack
  const names: Names = {
    d_model: stack.d_model ?? whole.d_model,
    n_layers,
    max_context: whole.max_context,
    bidirectional: role === 'encoder' ? 1 : 0,
  }
  const prefix = whole.stacks.length > 1 ? `${role}.` : ''
  const placeAt: PlaceAt = (address, sublayer) => ({
    address: `${prefix}${address}`,
    names,
    sublayer,
    shares,
    share: undefined,
  })
  const placeEnd = (end: 'input' | 'output', host?: Settings): readonly PlacedBlock[] =>
    distinct(
      stack[end].flatMap((use) =>
        placeBlock(use, placeAt(`${end}.${use.name ?? use.block}`, end), host),
      ),
    )
  const input = placeEnd('input')
  const groups = groupLayers(stack, placeAt)
  return { role, names, n_layers, input, groups, output: placeEnd('output', input[0]?.settings) }
}
