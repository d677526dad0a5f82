/** The spaces that are searched at one depth: grids around the shape that the budget solves for. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { dropUndefined } from '../../../formulas/drop-undefined.ts'
import { vary } from '../../vary/vary.ts'
import type { Design } from '../../vary/variation.ts'
import { asker, family } from '../family/family.ts'
import type { Space } from '../search/space.ts'
import { memoryQuantity, type Brief } from './brief.ts'
import { centreOf, withDepth } from './centre.ts'
import { conditionsOf } from './conditions.ts'
import { addressOf, heldIn, hiddenWidthOf, valueAt } from './design-settings.ts'

/** No two neighbours so far apart that a budget falls between them. */
const experts = [
  4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 144,
  160, 176, 192, 224, 256, 288, 320, 384, 448, 512,
]
const perToken = [1, 2, 4, 6, 8, 10, 12, 16]

/** @throws ArchcostError where the family cannot have this depth */
export const spacesAt = (brief: Brief, n_layers: number): (Space | ArchcostError)[] =>
  headCounts(withDepth(brief, n_layers)).map((design) =>
    attempt(() => spaceAround(centreOf(design, brief), brief)),
  )

/** Heads that hold their size follow the width; those of latent attention are a choice of their own. */
function headCounts(design: Design): Design[] {
  const heads = addressOf(design, 'n_heads')
  if (heads === undefined || addressOf(design, 'd_head') !== undefined) return [design]
  const most = valueAt(design, heads)
  return [1, 2, 4, 8].flatMap((part) =>
    most % part === 0 ? [vary(design, { [heads]: most / part })] : [],
  )
}

function spaceAround(design: Design, brief: Brief): Space {
  const { architecture, workload, deployment } = design
  const hidden = hiddenWidthOf(design)
  // The width that varies has no ratio that holds it.
  const hold = heldIn(design).filter((address) => address !== hidden?.replace(/d_ff$/, 'ffn_ratio'))
  const step = widthStep(design, hold, brief.multiples['d_model']!)
  return {
    architecture,
    // What is not said in a program is undefined.
    workload: dropUndefined(workload),
    deployment,
    set: {},
    hold,
    vary: {
      d_model: around(architecture.d_model, brief.active === null ? 0.2 : 0.4, step, 17),
      ...(hidden !== undefined && hiddenWidths(design, hidden, brief)),
      ...keyValueHeads(design, brief),
    },
    constraints: conditionsOf(brief).map(({ text }) => text),
    minimise: [],
    maximise: [],
    show: [],
    seed: 1,
  }
}

/** With the number of experts, where there are any. */
function hiddenWidths(design: Design, hidden: string, brief: Brief): Space['vary'] {
  const [value, step] = [valueAt(design, hidden), brief.multiples[hidden]!]
  if (brief.active === null) return { [hidden]: around(value, 0.25, step, 128) }
  return {
    // The more there is to choose, the coarser the steps.
    [hidden]: around(value, 0.85, step, 32),
    [addressOf(design, 'n_experts')!]: experts,
    [addressOf(design, 'top_k')!]: perToken,
  }
}

/** Where the cache counts, their number is looked for as well; else it follows the width. */
function keyValueHeads(design: Design, { budget, minimise }: Brief): Space['vary'] {
  const shared = addressOf(design, 'n_kv_heads')
  if (shared === undefined || (budget === 'params.total' && minimise.startsWith('flops.')))
    return {}
  const count = valueAt(design, shared)
  // From a quarter to twice as many: powers of two divide most numbers of heads.
  const powers = Array.from({ length: 12 }, (_, power) => 2 ** power)
  const near = [...powers, count, count * 2].filter(
    (each) => each >= count / 4 && each <= count * 2,
  )
  return { [shared]: [...new Set(near)].toSorted((a, b) => a - b) }
}

/**
 * The distance of widths: a multiple of what they must divide by, at which the heads that are held still come out whole, and are
 * whole on each rank.
 */
function widthStep(design: Design, hold: readonly string[], multiple: number): number {
  const ask = asker(family(design, ['d_model'], [memoryQuantity(design)], hold))
  const { d_model } = design.architecture
  const sizes = Array.from({ length: 64 }, (_, index) => (index + 1) * multiple)
  return sizes.find((size) => !(ask([d_model + size]) instanceof ArchcostError)) ?? multiple
}

/** A value and its neighbours on both sides, as far as a share of it, in steps that grow until there are few enough. */
function around(value: number, share: number, step: number, most: number): number[] {
  const reach = Math.max(1, Math.floor((value * share) / step))
  const stride = Math.ceil((2 * reach + 1) / most) * step
  const all = Array.from({ length: 2 * reach + 1 }, (_, index) => value + (index - reach) * stride)
  return all.filter((each) => each > 0 && Math.abs(each - value) <= reach * step)
}
