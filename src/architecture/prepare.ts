/** A document -> a model ready to be evaluated: checked, blocks placed, equal layers together. */
import type { Names, Settings, TowerRole } from '../formulas/index.ts'
import { readFormat, readFormats, sixteenBit } from './formats.ts'
import { distinct, groupLayers } from './groups.ts'
import { holdOnce } from './held.ts'
import type { Model, PlacedBlock, PreparedStack, PreparedTower } from './model.ts'
import { placeBlock, type Shares } from './place.ts'
import type { Architecture, Stack, Tower } from './schema.ts'
import { whyNoSteps } from './steps.ts'
import { countStored } from './stored.ts'
import { countBytes } from './weight-bytes.ts'
import { whyNoWhole } from './whole.ts'
import type { PlaceAt } from './sublayer.ts'

export { overrule, planSublayer, type PlaceAt } from './sublayer.ts'

/**
 * Makes a document whose shape is checked already ready for `evaluate` and `explain`.
 * @throws ArchcostError `invalid_architecture` that names the address, what was found and what is expected
 */
export function prepareChecked(document: Architecture): Model {
  const shares: Shares = new Map()
  const two = document.stacks.length > 1
  const stacks = document.stacks.map((stack) =>
    prepareStack(stack, two ? `${stack.role}.` : '', document, shares),
  )
  const weights = document.weights
    ? readFormats(document.weights, 'invalid_architecture')
    : sixteenBit
  const towers = prepareTowers(document, shares)
  const has_whole = whyNoWhole(document) === null
  return {
    architecture: document,
    weights,
    weight_bytes: countBytes(stacks, weights),
    state_bytes:
      document.states === undefined
        ? undefined
        : readFormat(document.states, 'states', 'invalid_architecture'),
    stacks,
    encoder: stacks.find(({ role }) => role === 'encoder'),
    decoder: stacks.find(({ role }) => role === 'decoder'),
    has_steps: whyNoSteps(document) === null,
    has_whole,
    towers,
    ...countStored(stacks, has_whole ? towers : null),
  }
}

/** What towers are called in addresses, and where others feed them. */
export const towerName = ({ name, role }: Tower): string => name ?? role

/** Those that are fed after those that feed them. */
function prepareTowers(document: Architecture, shares: Shares): PreparedTower[] {
  const towers = (document.towers ?? []).map((tower): PreparedTower => {
    const name = towerName(tower)
    return { ...prepareStack(tower, `${name}.`, document, shares), name, feeds: tower.feeds }
  })
  const depth = ({ feeds }: PreparedTower): number => {
    const next = towers.find(({ name }) => name === feeds)
    return next ? 1 + depth(next) : 0
  }
  return towers.toSorted((a, b) => depth(b) - depth(a))
}

/** Towers see all of what they are shown; only a talker speaks word after word. */
const seesBothWays = (role: Stack['role'] | TowerRole): boolean =>
  role !== 'decoder' && role !== 'talker'

function prepareStack<Role extends Stack['role'] | TowerRole>(
  stack: (Stack | Tower) & { role: Role },
  prefix: string,
  whole: Architecture,
  shares: Shares,
): PreparedStack<Role> {
  const { role, n_layers } = stack
  const names: Names = {
    d_model: stack.d_model ?? whole.d_model,
    n_layers,
    max_context: whole.max_context,
    bidirectional: seesBothWays(role) ? 1 : 0,
  }
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
  // A head follows the table of its stack; what leads out of a tower follows nothing.
  const host = role === 'encoder' || role === 'decoder' ? input[0]?.settings : undefined
  const output = placeEnd('output', host)
  const held = holdOnce(input, groups, output)
  return { role, names, n_layers, input, groups, output, held }
}
