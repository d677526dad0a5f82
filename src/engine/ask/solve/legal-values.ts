/** The values that a whole setting may have in a design: at equal distances, as for widths that heads must divide, or few and far between. */
import { divisors } from '../divisors.ts'

export interface Points {
  count: number
  at: (index: number) => number
  /** The distance of neighbours, where all are equal. */
  step: number | null
}

export interface Bounds {
  min: number
  max: number
  /** Wanted multiples of it only. */
  multiple_of: number
}

const probes = [1, 2, 3, 4, 5, 6, 7, 8, 13, 27, 64, 125, 1000]
/** How many values are tried one by one where they follow no rule. */
const tries = 16_384

/** The values that are `legal`, begun from one that is; null where none is found. */
export function legalPoints(
  start: number,
  bounds: Bounds,
  legal: (value: number) => boolean,
): Points | null {
  const { min, max, multiple_of: unit } = bounds
  const lowest = Math.ceil(min / unit) * unit
  const first = nearestLegal(start, lowest, bounds, legal)
  if (first === null) return null
  const within = (value: number): boolean => value >= lowest && value <= max
  // Something else may end them on either side, as experts end the number a token uses.
  const inRow = (step: number): boolean => {
    const known = probes
      .map((k) => first + k * step)
      .filter(within)
      .map(legal)
    const end = known.indexOf(false)
    return end < 0 || !known.includes(true, end)
  }
  const between = [
    ...[first / 2, first * 1.5, first / 4].filter((value) => Number.isInteger(value / unit)),
    // A prime has no other divisors, and what it divides may have: 71 heads of a width of 64 * 71.
    ...probes.map((k) => lowest + (k - 1) * unit),
  ].filter(within)
  const fits = (step: number): boolean =>
    inRow(step) &&
    inRow(-step) &&
    between.every((value) => (value - first) % step === 0 || !legal(value))
  const distances = divisors(first / unit).map((each) => each * unit)
  const step = distances.find((each) => legal(first + each) && fits(each))
  return step === undefined || first + step > max
    ? listed(lowest, unit, max, first, legal)
    : evenly(first, step, lowest, max, legal)
}

function nearestLegal(
  start: number,
  lowest: number,
  { max, multiple_of: unit }: Bounds,
  legal: (value: number) => boolean,
): number | null {
  const begin = Math.min(
    Math.max(Math.round(start / unit) * unit, lowest),
    Math.floor(max / unit) * unit,
  )
  for (let distance = 0; distance <= tries; distance++)
    for (const value of distance === 0
      ? [begin]
      : [begin - distance * unit, begin + distance * unit])
      if (value >= lowest && value <= max && legal(value)) return value
  return null
}

function evenly(
  first: number,
  step: number,
  lowest: number,
  max: number,
  legal: (value: number) => boolean,
): Points {
  const below = lastLegal(Math.floor((first - lowest) / step), (k) => legal(first - k * step))
  const above = lastLegal(Math.floor((max - first) / step), (k) => legal(first + k * step))
  const low = first - below * step
  return { count: below + above + 1, at: (index) => low + index * step, step }
}

/** The last of 0, 1, 2, ... up to `most` that is legal, where 0 is and none after one that is not. */
function lastLegal(most: number, legal: (k: number) => boolean): number {
  if (most === 0 || legal(most)) return most
  let [inside, outside] = [0, most]
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2)
    if (legal(middle)) inside = middle
    else outside = middle
  }
  return inside
}

function listed(
  lowest: number,
  unit: number,
  max: number,
  first: number,
  legal: (value: number) => boolean,
): Points {
  const values: number[] = []
  for (let value = lowest, tried = 0; value <= max && tried < tries; value += unit, tried++) {
    if (legal(value)) values.push(value)
    // Where conditions divide, the next would have come by now.
    else if (value > Math.max(4 * first, 2 * (values.at(-1) ?? 0)) && tried > 256) break
  }
  return fromList(values)
}

export const fromList = (values: readonly number[]): Points => ({
  count: values.length,
  at: (index) => values[index]!,
  step: null,
})

/** The index of the last point up to a value; -1 where all are above. */
export function indexUpTo({ count, at }: Points, value: number): number {
  let [low, high] = [-1, count]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (at(middle) <= value) low = middle
    else high = middle
  }
  return low
}
