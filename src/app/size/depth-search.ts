/** Looks for the shape of one depth: solves for the budget, then searches around it. Runs in a worker. */
import { mergeFindings, noFindings, type Findings } from '../../engine/ask/search/findings.ts'
import { attempt } from '../../architecture/errors.ts'
import { prepareSearch, type Search } from '../../engine/ask/search/search.ts'
import { ArchcostError } from '../../engine/index.ts'
import { centreOf, deepened } from './centre.ts'
import { shapeOf, type Shape } from './shape.ts'
import { spacesAt } from './spaces.ts'
import { conditionsOf, type Wish } from './wish.ts'

/** How many designs a condition is the first to rule out, and the nearest of them. */
export interface Miss {
  condition: string
  count: number
  /** Relative to what is wanted. */
  by: number
  shape: Shape
}

export interface Step {
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

/** Designs between two steps: few enough for a step to take less than half a second. */
const stride = 1 << 14

export function* searchDepth(wish: Wish, n_layers: number): Generator<Step, void> {
  const last = { n_layers, looked: 0, done: 1, shape: null, misses: [], refused: null }
  if (wish.goal === null) {
    const shape = attempt(() => shapeOf(centreOf(deepened(wish, n_layers), wish), wish))
    yield shape instanceof ArchcostError ? { ...last, refused: shape.message } : { ...last, shape }
    return
  }
  const sound: Search[] = []
  let refused: string | null = null
  for (const space of [attempt(() => spacesAt(wish, n_layers))].flat()) {
    const search = space instanceof ArchcostError ? space : attempt(() => prepareSearch(space))
    if (search instanceof ArchcostError) refused = search.message
    else sound.push(search)
  }
  if (sound.length === 0) yield { ...last, refused }
  else yield* searchAll(sound, wish, last)
}

interface Searched {
  search: Search
  found: Findings
}

function* searchAll(searches: readonly Search[], wish: Wish, last: Step): Generator<Step, void> {
  const all = searches.reduce((sum, { looks }) => sum + looks, 0)
  const searched: Searched[] = []
  let looked = 0
  for (const search of searches) {
    let found = noFindings(search.conditions.length)
    for (let from = 0; from < search.looks; from += stride) {
      const to = Math.min(from + stride, search.looks)
      found = mergeFindings(found, search.run(from, to))
      looked += to - from
      // All but the last step, which says what was found.
      yield { ...last, looked: to - from, done: (0.99 * looked) / all }
    }
    searched.push({ search, found })
  }
  const shape = bestOf(searched, wish)
  const misses = shape === null ? searched.flatMap((each) => missesOf(each, wish)) : []
  yield { ...last, shape, misses }
}

/** Uses of the budget that differ by less are as good as each other. */
const alike = 0.01

/** Among those that use the budget about as well as any, the one with the least of what is to be small. */
function bestOf(searched: readonly Searched[], wish: Wish): Shape | null {
  const points = searched.flatMap(({ search, found }) =>
    found.front.map(({ place, goals }) => ({
      search,
      place,
      goal: goals[0]!,
      off: unused(goals, wish),
    })),
  )
  const nearest = Math.min(...points.map((point) => point.off))
  const [best] = points
    .filter((point) => point.off <= nearest + alike)
    .toSorted((a, b) => a.goal - b.goal)
  return best ? shapeOf(best.search.describe(best.place).design(), wish) : null
}

/** The shares of the budgets that are left over. What is to be large stands negative among the goals, after what is to be small. */
const unused = ([, whole, active]: readonly number[], wish: Wish): number =>
  1 + whole! / wish.target + (active === undefined ? 0 : 1 + active / wish.active!)

function missesOf({ search, found }: Searched, wish: Wish): Miss[] {
  const conditions = conditionsOf(wish)
  return found.ruled_out.flatMap(({ count, miss, place }, index) =>
    count === 0
      ? []
      : [
          {
            condition: conditions[index]!.words,
            count,
            by: miss,
            shape: shapeOf(search.describe(place).design(), wish),
          },
        ],
  )
}
