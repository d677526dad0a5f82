/** Places of values along an axis, from 0 to 1, and the round values that are written beside it. */
export type ScaleKind = 'log' | 'linear'

export interface Scale {
  /** Null where the value has no place: one that is not known, and 0 among orders of magnitude. */
  at: (value: number | null) => number | null
  ticks: readonly number[]
}

/** @param values that must have a place; those that can have none are passed over */
export function scaleOf(kind: ScaleKind, values: readonly (number | null)[]): Scale {
  const known = values.filter(
    (value): value is number =>
      value !== null && Number.isFinite(value) && (kind === 'linear' || value > 0),
  )
  return kind === 'log' ? logScale(known) : linearScale(Math.max(0, ...known))
}

function logScale(values: readonly number[]): Scale {
  const logs = values.length === 0 ? [0, 1] : values.map((value) => Math.log10(value))
  const [least, most] = [Math.min(...logs), Math.max(...logs)]
  const room = Math.max(0.1, 0.05 * (most - least))
  const [low, high] = [least - room, most + room]
  return {
    at: (value) =>
      value === null || !(value > 0) || !Number.isFinite(value)
        ? null
        : (Math.log10(value) - low) / (high - low),
    ticks: decades(low, high),
  }
}

function linearScale(most: number): Scale {
  const high = most === 0 ? 1 : 1.05 * most
  const power = 10 ** Math.floor(Math.log10(high / 4))
  const step = power * [1, 2, 5, 10].findLast((times) => high / (times * power) >= 3)!
  return {
    at: (value) => (value === null || !Number.isFinite(value) ? null : value / high),
    ticks: Array.from({ length: Math.floor(high / step) + 1 }, (_, place) => place * step),
  }
}

/** Powers of ten, at most eight; 1, 2 and 5 of each where there would be fewer than two. */
function decades(low: number, high: number): number[] {
  const first = Math.ceil(low)
  const count = Math.floor(high) - first + 1
  const every = Math.ceil(count / 8)
  if (count >= 2)
    return Array.from(
      { length: Math.ceil(count / every) },
      (_, place) => 10 ** (first + place * every),
    )
  return [first - 1, first].flatMap((power) =>
    [1, 2, 5]
      .map((times) => times * 10 ** power)
      .filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high),
  )
}
