/** Finds where a function of whole numbers 0, 1, 2, ... meets a target: by narrowing where it rises or falls steadily, by looking at every place where it does not. */

export type Side = 'closest' | 'below' | 'above'

export interface Located {
  /** The best place for the side asked for; null where none is on that side. */
  best: number | null
  /** How often the function passes the target, as far as it was looked at. */
  crossings: number
  /** Whether it rises or falls steadily, wherever it was looked at. */
  steady: boolean
  /** The places of the least and of the greatest value seen. */
  least: number
  greatest: number
}

/** Places looked at in each narrowing. */
const probes = 24
/** Where so few are left, every place is looked at. */
const window = 512
const mostLookedAt = 1 << 18

/**
 * @param f its values at places 0 to count - 1
 * @param home of equally good places the nearest to this one is best
 */
export function locate(
  f: (place: number) => number,
  count: number,
  target: number,
  side: Side,
  home: number,
): Located {
  const seen = new Map<number, number>()
  const value = (place: number): number => {
    const known = seen.get(place)
    if (known !== undefined) return known
    const found = f(place)
    seen.set(place, found)
    return found
  }
  // What is special about the present value, as a width that needs no projection, shows beside it.
  const beside = [home - 1, home, home + 1].filter((place) => place >= 0 && place < count)
  const coarse = inOrder([...coarsePlaces(count), ...beside])
  const steady = isSteady(coarse.map(value))
  // A function that goes up and down is looked at in more places.
  const places = steady ? coarse : inOrder([...spread(0, count - 1, 4096), ...beside])
  places.forEach(value)
  const passes = (a: number, b: number): boolean =>
    Math.sign(value(a) - target) * Math.sign(value(b) - target) <= 0
  const between = places
    .slice(1)
    .map((b, index): [number, number] => [places[index]!, b])
    .filter(([a, b]) => passes(a, b))
  let allSteady = steady
  for (const [a, b] of between.slice(0, 64))
    allSteady = narrow(value, a, b, target, count) && allSteady

  const known = [...seen].toSorted(([a], [b]) => a - b)
  const best = nearestPoint(known, target, side, home)
  const by = (better: (a: number, b: number) => boolean): number =>
    known.reduce((most, each) => (better(each[1], most[1]) ? each : most))[0]
  return {
    best,
    crossings: countCrossings(known, target),
    steady: allSteady,
    least: by((a, b) => a < b),
    greatest: by((a, b) => a > b),
  }
}

/** The first places, and then each a fifth further. */
function coarsePlaces(count: number): number[] {
  const places = new Set<number>()
  for (let place = 0; place < count - 1; place = Math.max(place + 1, Math.round(place * 1.2)))
    places.add(place)
  return [...places, count - 1]
}

const spread = (a: number, b: number, parts: number): number[] => [
  ...coarsePlaces(b - a + 1).map((place) => a + place),
  ...Array.from({ length: parts + 1 }, (_, part) => Math.round(a + ((b - a) * part) / parts)),
]

const inOrder = (places: readonly number[]): number[] =>
  [...new Set(places)].toSorted((a, b) => a - b)

function isSteady(values: readonly number[]): boolean {
  const rises = values.every((each, index) => index === 0 || each >= values[index - 1]!)
  return rises || values.every((each, index) => index === 0 || each <= values[index - 1]!)
}

/** Looks at places between `a` and `b` until every place where the target is passed has been looked at. @returns whether all was steady */
function narrow(
  value: (place: number) => number,
  a: number,
  b: number,
  target: number,
  count: number,
): boolean {
  let [low, high] = [a, b]
  while (high - low > window) {
    const places = Array.from({ length: probes + 1 }, (_, part) =>
      Math.round(low + ((high - low) * part) / probes),
    )
    if (!isSteady(places.map(value)))
      return look(value, low - 3 * (high - low), high + 3 * (high - low), count)
    const rises = value(low) <= value(high)
    const passed = places.findIndex((place) =>
      rises ? value(place) >= target : value(place) <= target,
    )
    const next: [number, number] = [places[Math.max(0, passed - 1)]!, places[Math.max(1, passed)]!]
    low = next[0]
    high = next[1]
  }
  if (!look(value, low - window, high + window, count))
    look(value, low - 8 * window, high + 8 * window, count)
  return look(value, low, high, count)
}

/** Looks at every place of a stretch. @returns whether it is steady */
function look(value: (place: number) => number, from: number, to: number, count: number): boolean {
  const [low, high] = [Math.max(0, from), Math.min(count - 1, to)]
  const middle = (low + high) / 2
  const half = Math.min(high - low, mostLookedAt) / 2
  const places = Array.from(
    { length: Math.floor(2 * half) + 1 },
    (_, index) => Math.ceil(middle - half) + index,
  ).filter((place) => place <= high)
  return isSteady(places.map(value))
}

/**
 * Of points [x, value] the x whose value is nearest to the target on the side asked for, of equally near ones that nearest to `home`;
 * null where none is on that side.
 */
export function nearestPoint(
  known: readonly (readonly [number, number])[],
  target: number,
  side: Side,
  home: number,
): number | null {
  const onSide = known.filter(([, value]) =>
    side === 'below' ? value <= target : side === 'above' ? value >= target : true,
  )
  let best: readonly [number, number] | null = null
  for (const each of onSide) {
    const [distance, least] = [
      Math.abs(each[1] - target),
      best === null ? Infinity : Math.abs(best[1] - target),
    ]
    if (
      best === null ||
      distance < least ||
      (distance === least && Math.abs(each[0] - home) < Math.abs(best[0] - home))
    )
      best = each
  }
  return best?.[0] ?? null
}

/** Changes of side; a stretch on the target itself counts once. */
function countCrossings(known: readonly (readonly [number, number])[], target: number): number {
  let [crossings, side, onTarget] = [0, 0, false]
  for (const [, value] of known) {
    const now = Math.sign(value - target)
    if (now === 0) {
      if (!onTarget) crossings++
    } else if (side !== 0 && now !== side && !onTarget) crossings++
    onTarget = now === 0
    if (now !== 0) side = now
  }
  return crossings
}
