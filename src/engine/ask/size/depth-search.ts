/** Finds the shape of one depth: solves for the budget, then searches around it, in steps that can be told of. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { mergeFindings, noFindings, type Findings } from '../search/findings.ts'
import { prepareSearch, valuesOf, type Search } from '../search/search.ts'
import type { Space } from '../search/space.ts'
import type { Brief } from './brief.ts'
import { centreOf, withDepth } from './centre.ts'
import { conditionsOf } from './conditions.ts'
import { shapeOf, type Shape } from './shape.ts'
import { keepingRatios, spacesAt } from './spaces.ts'

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

interface Searched {
  search: Search
  found: Findings
}

/** Designs between two steps: few enough for a step to take less than half a second. */
const stride = 1 << 14

/** The last step says what was found. */
export function* searchDepth(brief: Brief, n_layers: number): Generator<DepthStep, void> {
  const last = { n_layers, looked: 0, done: 1, shape: null, misses: [], refused: null }
  if (!brief.is_searched) {
    const shape = attempt(() => shapeOf(centreOf(withDepth(brief, n_layers), brief), brief))
    yield shape instanceof ArchcostError ? { ...last, refused: shape.message } : { ...last, shape }
    return
  }
  const all = [attempt(() => spacesAt(brief, n_layers))].flat()
  const spaces = all.filter((space): space is Space => !(space instanceof ArchcostError))
  // Shapes that leave the ratios of the family are looked for where none keeps them.
  const kept = spaces.flatMap((space) => keepingRatios(space, brief))
  const near = yield* searchSpaces(kept, { ...last, done: 0 })
  const { searched, refused } =
    bestOf(near.searched, brief) === null
      ? yield* searchSpaces(spaces, { ...last, done: 0.5 })
      : near
  const best = bestOf(searched, brief)
  const shape = best && shapeOf(best.search.describe(best.index).design(), brief)
  const problem = all.find((space) => space instanceof ArchcostError)?.message ?? refused
  yield {
    ...last,
    shape,
    misses: shape ? [] : searched.flatMap((each) => missesOf(each, brief)),
    refused: searched.length === 0 ? problem : null,
  }
}

/** Tells of each stretch; half of the depth is done when all are. */
function* searchSpaces(
  spaces: readonly Space[],
  before: DepthStep,
): Generator<DepthStep, { searched: Searched[]; refused: string | null }> {
  const prepared = spaces.map((space) => attempt(() => prepareSearch(space)))
  const searches = prepared.filter((each): each is Search => !(each instanceof ArchcostError))
  const refused = prepared.find((each) => each instanceof ArchcostError)?.message ?? null
  const all = searches.reduce((sum, { looks }) => sum + looks, 0)
  const searched: Searched[] = []
  let looked = 0
  for (const search of searches) {
    let found = noFindings(search.conditions.length)
    for (let from = 0; from < search.looks; from += stride) {
      const to = Math.min(from + stride, search.looks)
      found = mergeFindings(found, search.run(from, to))
      looked += to - from
      yield { ...before, looked: to - from, done: before.done + (0.49 * looked) / all }
    }
    searched.push({ search, found })
  }
  return { searched, refused }
}

/** Uses of the budget that differ by less count as equal. */
const alike = 0.01

interface Candidate {
  search: Search
  index: number
  cost: number
  /** The shares of the budgets that are left. */
  left: number
}

/** Among the designs that use the budget about as well as any, the one that costs least. */
function bestOf(searched: readonly Searched[], brief: Brief): Candidate | null {
  const all = searched.flatMap(({ search, found }) =>
    found.front.map((point): Candidate => {
      const [cost = 0, used = 0, active] = valuesOf(search, point)
      const left = 1 - used / brief.target + (active === undefined ? 0 : 1 - active / brief.active!)
      return { search, index: point.place, cost, left }
    }),
  )
  const least = Math.min(...all.map(({ left }) => left))
  return (
    all
      .filter(({ left }) => left <= least + alike)
      .toSorted((a, b) => a.cost - b.cost || a.left - b.left)[0] ?? null
  )
}

function missesOf({ search, found }: Searched, brief: Brief): Miss[] {
  const conditions = conditionsOf(brief)
  return found.ruled_out.flatMap(({ count, miss, place }, index) =>
    count === 0
      ? []
      : [
          {
            condition: conditions[index]!.words,
            count,
            by: miss,
            shape: shapeOf(search.describe(place).design(), brief),
          },
        ],
  )
}
