/** Finds the shape of one depth: solves for the budget, then searches around it, in steps that can be told of. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { Findings } from '../search/findings.ts'
import { problemOf } from '../search/problem.ts'
import { prepareSearch, type Search } from '../search/search.ts'
import type { Space } from '../search/space.ts'
import type { Ask } from '../family/family.ts'
import type { Design } from '../../vary/variation.ts'
import type { Brief } from './brief.ts'
import { centreOf, withDepth } from './centre.ts'
import { conditionsOf } from './conditions.ts'
import { designsThatMeet, isMet, type Bound } from './prune.ts'
import { conditionsOfRatios } from './ratios.ts'
import { shapeOf, type Shape } from './shape.ts'
import { spacesAt } from './spaces.ts'

/** How many designs a condition is the first to rule out, and the nearest of them. */
export interface Miss {
  condition: string
  count: number
  /** Relative to what is wanted. */
  by: number
  shape: Shape
}

export interface DepthStep {
  n_layers: number
  /** Designs looked at since the last step. */
  looked: number
  /** How much of the depth is done: 1 in the last step. */
  done: number
  shape: Shape | null
  /** Told with the last step, where there is no shape. */
  misses: readonly Miss[]
  /** Why the depth has no design at all. */
  refused: string | null
}

/** The last step says what was found. */
export function* searchDepth(brief: Brief, n_layers: number): Generator<DepthStep, void> {
  const last = { n_layers, looked: 0, done: 1, shape: null, misses: [], refused: null }
  if (!brief.is_searched) {
    const shape = attempt(() => shapeOf(centreOf(withDepth(brief, n_layers), brief), brief))
    yield shape instanceof ArchcostError ? { ...last, refused: shape.message } : { ...last, shape }
    return
  }
  const all = [attempt(() => spacesAt(brief, n_layers))]
    .flat()
    .map((space) => attempt(() => searched(space, brief)))
  const spaces = all.filter((each): each is Searched => !(each instanceof ArchcostError))
  const looked = spaces.reduce((sum, each) => sum + each.looked, 0)
  const candidates = spaces.flatMap((each) => each.candidates)
  // Shapes that leave the ratios of the family are chosen where none keeps them.
  const best = bestOf(candidates.filter(({ keeps }) => keeps)) ?? bestOf(candidates)
  if (best !== null) yield { ...last, looked, shape: shapeOf(best.design(), brief) }
  else {
    const rest = yield* missesIn(spaces, last, brief)
    const problem = all.find((each) => each instanceof ArchcostError)?.message ?? null
    yield { ...last, ...rest, refused: spaces.length === 0 ? problem : null }
  }
}

interface Searched {
  space: Space
  /** How many designs were looked at for it. */
  looked: number
  candidates: readonly Candidate[]
}

/** A design that meets the conditions. */
interface Candidate {
  /** The shares of the budgets that are left. */
  left: number
  /** Whether it keeps the ratios of the family. */
  keeps: boolean
  /** What is to be small, alone. */
  cost: () => ReturnType<Ask>
  design: () => Design
}

/** @throws ArchcostError where there is no such space */
function searched(space: Space | ArchcostError, brief: Brief): Searched {
  if (space instanceof ArchcostError) throw space
  const wanted = conditionsOf(brief)
  const constraints = [...space.constraints, ...conditionsOfRatios(brief)]
  const problem = problemOf({ ...space, constraints })
  const conditions = problem.conditions.slice(0, wanted.length)
  const ratios = problem.conditions.slice(wanted.length)
  const bounds = conditions.flatMap((condition, index): Bound[] => {
    const { dip } = wanted[index]!
    return dip === null ? [] : [{ condition, dip }]
  })
  const { met, looked } = designsThatMeet({ ...problem, conditions }, bounds)
  const budgets = conditions.filter((_, index) => wanted[index]!.is_budget)
  const ask = problem.ask([brief.minimise])
  return {
    space,
    looked,
    candidates: met.map(({ values, numbers }) => ({
      left: budgets.reduce((sum, { left, times }) => sum + 1 - numbers[left]! / times, 0),
      keeps: ratios.every((ratio) => isMet(ratio, numbers)),
      cost: () => ask(values),
      design: () => problem.family.designAt(values),
    })),
  }
}

/** Uses of the budget that differ by less count as equal. */
const alike = 0.01

/** Among the designs that use the budget about as well as any, the one that costs least, of equal ones the fullest. */
function bestOf(candidates: readonly Candidate[]): Candidate | null {
  let [best, least, limit]: [Candidate | null, number, number] = [null, Infinity, Infinity]
  for (const candidate of candidates.toSorted((a, b) => a.left - b.left)) {
    // Fuller ones come first, so that of all others nothing need be asked.
    if (candidate.left > limit) break
    const asked = candidate.cost()
    if (asked instanceof ArchcostError) continue
    limit = Math.min(limit, candidate.left + alike)
    if (best === null || asked[0]! < least) [best, least] = [candidate, asked[0]!]
  }
  return best
}

/** Designs between two steps: few enough for a step to take less than half a second. */
const stride = 1 << 14

/** Looks at all designs for what each condition is the first to rule out. */
function* missesIn(
  spaces: readonly Searched[],
  before: DepthStep,
  brief: Brief,
): Generator<DepthStep, Pick<DepthStep, 'misses' | 'looked'>> {
  const searches = spaces.map(({ space }) => prepareSearch(space))
  const all = searches.reduce((sum, { looks }) => sum + looks, 0)
  const misses: Miss[] = []
  let [looked, told] = [0, 0]
  for (const search of searches) {
    const rows: Findings[] = []
    const { length } = search.lists[search.order.at(-1)!]!
    for (let from = 0; from < search.looks; from += length) {
      rows.push(search.run(from, from + length))
      looked += length
      if (looked - told < stride) continue
      yield { ...before, looked: looked - told, done: (0.99 * looked) / all }
      told = looked
    }
    misses.push(...missesOf(search, rows, brief))
  }
  return { misses, looked: looked - told }
}

/** The nearest miss is one of those of the rows that its deployment, asked of no other, does not refuse. */
function missesOf(search: Search, rows: readonly Findings[], brief: Brief): Miss[] {
  return conditionsOf(brief).flatMap(({ words }, index): Miss[] => {
    const found = rows.map(({ ruled_out }) => ruled_out[index]!).filter(({ count }) => count > 0)
    for (const { miss, place } of found.toSorted((a, b) => a.miss - b.miss)) {
      const shape = attempt(() => shapeOf(search.describe(place).design(), brief))
      if (shape instanceof ArchcostError) continue
      const count = found.reduce((sum, each) => sum + each.count, 0)
      return [{ condition: words, count, by: miss, shape }]
    }
    return []
  })
}
