/** Blocks of a stack that stand alike in so many layers, and the settings that they, and the number of layers, depend on. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import { placeBlock, placePlan, planBlock, type PlannedBlock } from '../../../architecture/place.ts'
import { planSublayer, type PlaceAt } from '../../../architecture/prepare.ts'
import type { BlockUse, Stack, Sublayer } from '../../../architecture/schema.ts'
import type { Names } from '../../../formulas/index.ts'
import { noSums, passOf } from '../../sums.ts'
import { countMatches } from '../../vary/layers.ts'
import { startsWith, type Path } from '../../vary/path.ts'
import type { Variation } from '../../vary/variation.ts'
import { noting } from './reads.ts'
import { remembered, type Values } from './term.ts'
import { placing } from './replacing.ts'

/** Blocks that stand in so many layers alike. */
export interface Cell {
  place: (values: Values) => readonly PlacedBlock[]
  depends: readonly number[]
  times: (values: Values) => number
  times_depend: readonly number[]
  /** Whether it must be right even where no layer holds it. */
  must_be_right?: (values: Values) => boolean
  /** Share of the tokens that enter its layers. */
  capacity?: (values: Values) => number
}

/** The cells of a document with one stack that shares nothing. */
export function cellsOf(variation: Variation): Cell[] {
  const { base, settings } = variation
  const stack = base.stacks[0]!
  const touching = (matters: (path: Path) => boolean): number[] =>
    settings.flatMap(({ place }, index) =>
      place.of !== 'workload' && matters(place.path) ? [index] : [],
    )
  const placeAt = (names: Names): PlaceAt => {
    const shares = new Map<string, string>()
    return (address, sublayer) => ({ address, names, sublayer, shares, share: undefined })
  }
  const isWidth = (path: Path): boolean =>
    path.at(-1) === 'd_model' || path.at(-1) === 'max_context'
  const isDepth = (path: Path): boolean => path.at(-1) === 'n_layers'
  const once = { times: () => 1, times_depend: [] }

  const planEnd = (end: 'input' | 'output', values: Values): PlannedBlock[] => {
    const at = placeAt(variation.namesAt(0, values))
    const uses = variation.partAt(['stacks', 0, end], values) as BlockUse[]
    return uses.map((use) => planBlock(use, at(`${end}.${use.name ?? use.block}`, end)))
  }
  // These few may be about the whole depth of the stack, such as one table for all layers.
  const atEnds = touching(
    (path) => isWidth(path) || isDepth(path) || path[2] === 'input' || path[2] === 'output',
  )
  const end: Cell = {
    place: placing(
      variation,
      [
        ['stacks', 0, 'input'],
        ['stacks', 0, 'output'],
      ],
      atEnds,
      (values) => ({
        plans: planEnd('input', values),
        hosted: planEnd('output', values),
      }),
    ),
    depends: atEnds,
    ...once,
  }

  const inLayers = stack.layer.flatMap((sublayer, index): Cell[] => {
    const path: Path = ['stacks', 0, 'layer', index]
    const picks = touching(
      (each) =>
        isDepth(each) ||
        each[2] === 'depth_routing' ||
        (startsWith(each, path) && each.includes('layers')),
    )
    const counts = remembered(picks, (values) => countsOf(variation, path, values))
    const plan = (match: number, values: Values): PlannedBlock[] =>
      planSublayer(
        variation.partAt(path, values) as Sublayer,
        match,
        placeAt(variation.namesAt(0, values)),
      )
    const cell = (match: number, kind: 'plain' | 'routed'): Cell => {
      const depends = touching(
        (each) =>
          isWidth(each) ||
          (startsWith(each, path) && !each.includes('layers') && concerns(sublayer, match, each)) ||
          (isDepth(each) && readsDepth(variation, (values) => plan(match, values))) ||
          (kind === 'routed' && each[2] === 'depth_routing'),
      )
      return {
        place: placing(variation, [path], depends, (values) => ({
          plans: plan(match, values),
          hosted: [],
        })),
        depends,
        times: (values) => counts(values)[kind][match + 1]!,
        times_depend: picks,
        ...(kind === 'routed'
          ? { capacity: capacityOf(variation) }
          : {
              must_be_right: (values: Values) =>
                match >= 0 || variation.namesAt(0, values).n_layers === 0,
            }),
      }
    }
    const matches = [-1, ...(sublayer.except ?? []).keys()]
    return matches.flatMap((match) => [
      cell(match, 'plain'),
      ...(stack.depth_routing ? [cell(match, 'routed')] : []),
    ])
  })

  if (!stack.depth_routing) return [end, ...inLayers]
  const routing = touching((each) => isDepth(each) || each[2] === 'depth_routing')
  const router: Cell = {
    place: (values) =>
      placeBlock(
        { block: 'depth-router' },
        placeAt(variation.namesAt(0, values))('depth-router', 'depth-router'),
      ),
    depends: touching((each) => isWidth(each)),
    times: (values) =>
      countMatches([], routingOf(variation, values), variation.namesAt(0, values).n_layers)
        .routed[0]!,
    times_depend: routing,
  }
  return [end, ...inLayers, router]
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
  plansAt: (values: Values) => readonly PlannedBlock[],
): boolean {
  const { present } = variation
  const names = variation.namesAt(0, present)
  const blocks = attempt(() => plansAt(present).flatMap((plan) => placePlan(plan, names)))
  // Nothing tells what they read where the design as it is has no such blocks.
  if (blocks instanceof ArchcostError) return true
  const [sums, pass] = [noSums(), passOf(variation.workloadAt(present), 1, 0, 0)]
  return blocks.some(({ formulas, settings }) => {
    const { noted, reads } = noting(settings)
    formulas.check(noted)
    formulas.addModel(noted, 1, sums)
    formulas.addPass(noted, pass, 1, sums)
    formulas.addStep(noted, pass, 1, sums)
    const inDefaults = formulas.settings.some(({ default_text }) =>
      default_text?.includes('n_layers'),
    )
    return inDefaults || reads.has('n_layers')
  })
}

const routingOf = (variation: Variation, values: Values): Stack['depth_routing'] =>
  variation.partAt(['stacks', 0, 'depth_routing'], values) as Stack['depth_routing']
const capacityOf =
  (variation: Variation) =>
  (values: Values): number =>
    routingOf(variation, values)!.capacity

function countsOf(
  variation: Variation,
  path: Path,
  values: Values,
): { plain: number[]; routed: number[] } {
  const { except = [] } = variation.rulesAt(path, values)
  return countMatches(
    except.map(({ layers }) => layers),
    routingOf(variation, values),
    variation.namesAt(0, values).n_layers,
  )
}
