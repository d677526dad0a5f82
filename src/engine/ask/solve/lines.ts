/** How closely the values of a setting are looked at: whole ones one by one in the end, real ones down to the last bit. */
import { bisect, middleOfReal } from '../bisect.ts'
import { isSteady, type Line } from './locate.ts'
import type { Points } from './points.ts'

/** Places looked at in each narrowing. */
const probes = 24
/** Where so few are left, every place is looked at. */
const window = 128
const mostLookedAt = 1 << 18

/**
 * @param home what is special about the present value, as a width that needs no projection, shows beside it
 * @param isLegal of values between those at equal distances, which some designs have as well
 */
export function lineOfPoints(
  { count, at, indexUpTo, step }: Points,
  home: number,
  unit: number,
  isLegal: (value: number) => boolean,
): Line {
  const present = indexUpTo(home)
  const beside = [present - 1, present, present + 1].filter((each) => each >= 0 && each < count)
  const valuesAt = (places: readonly number[]): number[] =>
    [...new Set(places)].toSorted((a, b) => a - b).map(at)
  const coarse = [...farther(count), ...beside]
  return {
    coarse: valuesAt(coarse),
    dense: () => valuesAt([...coarse, ...evenly(0, count - 1, 4096)]),
    narrow: (f, a, b, target) =>
      narrow((place) => f(at(place)), indexUpTo(a), indexUpTo(b), target, count),
    around(nearest) {
      const between: number[] = []
      if (step !== null)
        for (let value = nearest - step + unit; value < nearest + step; value += unit)
          if (value !== nearest && isLegal(value)) between.push(value)
      return between
    },
    middle(a, b) {
      const middle = at(Math.floor((indexUpTo(a) + indexUpTo(b)) / 2))
      return middle > Math.min(a, b) && middle < Math.max(a, b) ? middle : null
    },
  }
}

/** The first places, and then each a fifth further. */
function farther(count: number): number[] {
  const places: number[] = []
  for (let place = 0; place < count - 1; place = Math.max(place + 1, Math.round(place * 1.2)))
    places.push(place)
  return [...places, count - 1]
}

const evenly = (a: number, b: number, parts: number): number[] =>
  Array.from({ length: parts + 1 }, (_, part) => Math.round(a + ((b - a) * part) / parts))

/** Looks at places between `a` and `b` until every place where the target is passed has been looked at. */
function narrow(
  f: (place: number) => number,
  a: number,
  b: number,
  target: number,
  count: number,
): void {
  const lookAt = (from: number, to: number): boolean => isSteady(stretch(from, to, count).map(f))
  let [low, high] = [a, b]
  while (high - low > window) {
    const places = evenly(low, high, probes)
    const far = 3 * (high - low)
    if (!isSteady(places.map(f))) return void lookAt(low - far, high + far)
    const rises = f(low) <= f(high)
    const passed = places.findIndex((place) => (rises ? f(place) >= target : f(place) <= target))
    ;[low, high] = [places[Math.max(0, passed - 1)]!, places[Math.max(1, passed)]!]
  }
  if (!lookAt(low - window, high + window)) lookAt(low - 8 * window, high + 8 * window)
}

/** Every place from one to another; of too many those in the middle. */
function stretch(from: number, to: number, count: number): number[] {
  const [low, high] = [Math.max(0, from), Math.min(count - 1, to)]
  const length = Math.min(high - low + 1, mostLookedAt)
  const first = low + Math.ceil((high - low + 1 - length) / 2)
  return Array.from({ length }, (_, index) => first + index)
}

const gridOfReal = 400

/** @param f NaN where there is no value */
export function lineOfReal(
  f: (x: number) => number,
  min: number,
  max: number,
  home: number,
): Line | null {
  const low = Math.max(min, 1e-6)
  const grid = Array.from(
    { length: gridOfReal - 1 },
    (_, place) => low * (max / low) ** ((place + 1) / gridOfReal),
  )
  const coarse = [...new Set([0, low, ...grid, max, home])]
    .filter((x) => x >= min && x <= max && !Number.isNaN(f(x)))
    .toSorted((a, b) => a - b)
  if (coarse.length === 0) return null
  return {
    coarse,
    dense: () => coarse,
    narrow(value, a, b, target) {
      const side = Math.sign(value(a) - target)
      bisect(a, b, (x) => Math.sign(value(x) - target) !== side, middleOfReal)
    },
    around: () => [],
    middle: middleOfReal,
  }
}
