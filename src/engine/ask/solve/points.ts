/** The values that a whole setting may have in a design: at equal distances, as for widths that heads must divide, or few and far between. */
import { bisect } from '../bisect.ts'
import { divisors } from '../divisors.ts'

export interface Points {
  count: number
  at: (index: number) => number
  /** The last up to a value, or else the first. */
  indexUpTo: (value: number) => number
  /** The distance of neighbours, where all are equal. */
  step: number | null
}

export interface Bounds {
  min: number
  max: number
  /** Wanted multiples of it only. */
  multiple_of: number
  /** Where values follow no rule: whether none above is wanted. */
  enough?: Legal
}

type Legal = (value: number) => boolean

const probes = [1, 2, 3, 4, 5, 6, 7, 8, 13, 27, 64, 125, 1000]
/** How many values are tried one by one where they follow no rule. */
const tries = 16_384

/** The values that are `legal`, begun from one that is; null where none is found. */
export function legalPoints(start: number, bounds: Bounds, legal: Legal): Points | null {
  const { max, multiple_of: unit } = bounds
  const min = Math.ceil(bounds.min / unit) * unit
  const within = (value: number): boolean => value >= min && value <= max
  const begin = Math.min(
    Math.max(Math.round(start / unit) * unit, min),
    Math.floor(max / unit) * unit,
  )
  const first = nearestLegal(begin, unit, (value) => within(value) && legal(value))
  if (first === null) return null
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
    ...probes.map((k) => min + (k - 1) * unit),
  ].filter(within)
  const step = divisors(first / unit)
    .map((each) => each * unit)
    .find(
      (each) =>
        legal(first + each) &&
        inRow(each) &&
        inRow(-each) &&
        between.every((value) => (value - first) % each === 0 || !legal(value)),
    )
  return step === undefined || first + step > max
    ? listed(first, { ...bounds, min }, legal)
    : evenly(first, step, min, max, legal)
}

function nearestLegal(begin: number, unit: number, legal: Legal): number | null {
  for (let distance = 0; distance <= tries; distance++)
    for (const value of [begin - distance * unit, begin + distance * unit])
      if (legal(value)) return value
  return null
}

function evenly(first: number, step: number, min: number, max: number, legal: Legal): Points {
  const last = (direction: 1 | -1, most: number): number =>
    most === 0 || legal(first + direction * most * step)
      ? most
      : bisect(0, most, (k) => !legal(first + direction * k * step))[0]
  const below = last(-1, Math.floor((first - min) / step))
  const count = below + last(1, Math.floor((max - first) / step)) + 1
  const low = first - below * step
  const indexUpTo = (value: number): number =>
    Math.min(Math.max(Math.floor((value - low) / step), 0), count - 1)
  return { count, at: (index) => low + index * step, indexUpTo, step }
}

function listed(first: number, { min, max, multiple_of, enough }: Bounds, legal: Legal): Points {
  const values: number[] = []
  for (let value = min, tried = 0; value <= max && tried < tries; value += multiple_of, tried++) {
    const is_legal = legal(value)
    if (is_legal) values.push(value)
    // Where conditions divide, the next would have come by now.
    const is_past = tried > 256 && value > Math.max(4 * first, 2 * (values.at(-1) ?? 0))
    if (is_legal ? enough?.(value) : is_past) break
  }
  return fromList(values)
}

export const fromList = (values: readonly number[]): Points => ({
  count: values.length,
  at: (index) => values[index]!,
  indexUpTo(value) {
    const last = values.findLastIndex((each) => each <= value)
    return Math.max(last, 0)
  },
  step: null,
})
