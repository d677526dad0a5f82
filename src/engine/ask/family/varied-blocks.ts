/** Blocks of a varied document that stand in so many layers alike, and the settings that they, and the number of layers, depend on. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import { placeBlock, placePlan, planBlock, type PlannedBlock } from '../../../architecture/place.ts'
import { planSublayer, type PlaceAt } from '../../../architecture/prepare.ts'
import type { BlockUse, Stack, Sublayer } from '../../../architecture/schema.ts'
import { passOf, type Names } from '../../../formulas/index.ts'
import { countMatches } from '../../vary/layers.ts'
import { startsWith, type Path } from '../../vary/path.ts'
import type { Variation } from '../../vary/variation.ts'
import { namesRead } from './reads.ts'
import { replacing } from './replacing.ts'
import { remembered, type Values } from './term.ts'

export interface VariedBlocks {
  place: (values: Values) => readonly PlacedBlock[]
  /** Settings that they depend on, by index. */
  depends: readonly number[]
  /** How many layers hold them, and the settings that this depends on. */
  times: (values: Values) => number
  times_depend: readonly number[]
  /** Whether they must be right even where no layer holds them. */
  must_be_right?: (values: Values) => boolean
  /** Share of the tokens that enters their layers. */
  capacity?: (values: Values) => number
}

/** All blocks of a document with one stack that shares nothing. */
export function variedBlocksOf(variation: Variation): VariedBlocks[] {
  const stack = stackOf(variation)
  const inLayers = stack.layer.flatMap((sublayer, index) =>
    inSublayer(variation, sublayer, ['stacks', 0, 'layer', index]),
  )
  return [atEnds(variation), ...inLayers, ...(stack.depth_routing ? [routerOf(variation)] : [])]
}

const stackOf = ({ base }: Variation): Stack => base.stacks[0]!

const isWidth = (path: Path): boolean => path.at(-1) === 'd_model' || path.at(-1) === 'max_context'
const isDepth = (path: Path): boolean => path.at(-1) === 'n_layers'
const isRouting = (path: Path): boolean => path[2] === 'depth_routing'

/** The settings of the document whose place matters. */
const touching = ({ settings }: Variation, matters: (path: Path) => boolean): number[] =>
  settings.flatMap(({ place }, index) =>
    place.of !== 'workload' && matters(place.path) ? [index] : [],
  )

const placeAt =
  (names: Names): PlaceAt =>
  (address, sublayer) => ({ address, names, sublayer, shares: new Map(), share: undefined })

/** Input and output. These few may be about the whole depth of the stack, such as one table for all layers. */
function atEnds(variation: Variation): VariedBlocks {
  const depends = touching(
    variation,
    (path) => isWidth(path) || isDepth(path) || path[2] === 'input' || path[2] === 'output',
  )
  const planEnd = (end: 'input' | 'output', values: Values): PlannedBlock[] => {
    const at = placeAt(variation.namesAt(0, values))
    const uses = variation.partAt(['stacks', 0, end], values) as BlockUse[]
    return uses.map((use) => planBlock(use, at(`${end}.${use.name ?? use.block}`, end)))
  }
  const paths: Path[] = [
    ['stacks', 0, 'input'],
    ['stacks', 0, 'output'],
  ]
  const place = replacing(variation, paths, depends, (values) => ({
    plans: planEnd('input', values),
    hosted: planEnd('output', values),
  }))
  return { place, depends, times: () => 1, times_depend: [] }
}

/** Those of a sublayer's rule (-1) and of each exception, apart for layers that only a share of the tokens enters. */
function inSublayer(variation: Variation, sublayer: Sublayer, path: Path): VariedBlocks[] {
  const { depth_routing: routing } = stackOf(variation)
  const times_depend = touching(
    variation,
    (each) =>
      isDepth(each) || isRouting(each) || (startsWith(each, path) && each.includes('layers')),
  )
  const counts = remembered(times_depend, (values) => countsOf(variation, path, values))
  return [-1, ...(sublayer.except ?? []).keys()].flatMap((match): VariedBlocks[] => {
    const inLayers = (kind: 'plain' | 'routed') => ({
      ...whereHolds(variation, sublayer, path, match, kind === 'routed'),
      times: (values: Values) => counts(values)[kind][match + 1]!,
      times_depend,
    })
    const must_be_right = (values: Values): boolean =>
      match >= 0 || variation.namesAt(0, values).n_layers === 0
    const plain = { ...inLayers('plain'), must_be_right }
    const capacity = (values: Values): number => routingAt(variation, values)!.capacity
    return routing ? [plain, { ...inLayers('routed'), capacity }] : [plain]
  })
}

/** The blocks of a sublayer where one of its exceptions holds, or the rule. */
function whereHolds(
  variation: Variation,
  sublayer: Sublayer,
  path: Path,
  match: number,
  is_routed: boolean,
): Pick<VariedBlocks, 'place' | 'depends'> {
  const plan = (values: Values): PlannedBlock[] =>
    planSublayer(
      variation.partAt(path, values) as Sublayer,
      match,
      placeAt(variation.namesAt(0, values)),
    )
  const depends = touching(
    variation,
    (each) =>
      isWidth(each) ||
      (is_routed && isRouting(each)) ||
      (startsWith(each, path) && !each.includes('layers') && concerns(sublayer, match, each)) ||
      (isDepth(each) && readsDepth(variation, plan)),
  )
  const place = replacing(variation, [path], depends, (values) => ({
    plans: plan(values),
    hosted: [],
  }))
  return { place, depends }
}

/** Whether a setting at `path` reaches the layers of an exception, or of the rule (-1). */
function concerns({ except = [] }: Sublayer, match: number, path: Path): boolean {
  if (path[4] === 'except') return path[5] === match
  const exception = except[match]
  const replaces =
    exception !== undefined && (exception.block !== undefined || exception.blocks !== undefined)
  return !replaces || path[4] === 'before' || path[4] === 'after'
}

/** Whether blocks of a layer are about the depth of the stack: their settings or formulas read n_layers. */
function readsDepth(
  variation: Variation,
  planAt: (values: Values) => readonly PlannedBlock[],
): boolean {
  const { present } = variation
  const names = variation.namesAt(0, present)
  const blocks = attempt(() => planAt(present).flatMap((plan) => placePlan(plan, names)))
  // Nothing tells what they read where the design as it is has no such blocks.
  if (blocks instanceof ArchcostError) return true
  const pass = passOf(variation.workloadAt(present), 1, 0, 0)
  return blocks.some((block) => namesRead(block, pass).has('n_layers'))
}

/** The router of layers that only a share of the tokens enters: it sees all of them. */
function routerOf(variation: Variation): VariedBlocks {
  return {
    place: (values) =>
      placeBlock(
        { block: 'depth-router' },
        placeAt(variation.namesAt(0, values))('depth-router', 'depth-router'),
      ),
    depends: touching(variation, isWidth),
    times: (values) =>
      countMatches([], routingAt(variation, values), variation.namesAt(0, values).n_layers)
        .routed[0]!,
    times_depend: touching(variation, (path) => isDepth(path) || isRouting(path)),
  }
}

const routingAt = (variation: Variation, values: Values): Stack['depth_routing'] =>
  variation.partAt(['stacks', 0, 'depth_routing'], values) as Stack['depth_routing']

/** How many layers hold the rule, and each exception. */
function countsOf(variation: Variation, path: Path, values: Values) {
  return countMatches(
    variation.rulesAt(path, values).except?.map(({ layers }) => layers) ?? [],
    routingAt(variation, values),
    variation.namesAt(0, values).n_layers,
  )
}
