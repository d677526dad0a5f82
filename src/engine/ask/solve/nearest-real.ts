/** Finds where a function of a real number meets a target, down to neighbouring numbers of the machine. */
import { nearestPoint, type Located, type Side } from './nearest.ts'

export interface RealFound {
  located: Located
  values: readonly number[]
  same: { from: number; to: number } | null
}

const places = 400

/**
 * @param f NaN where there is no value
 * @returns null where the function has no value anywhere
 */
export function locateReal(
  f: (x: number) => number,
  min: number,
  max: number,
  target: number,
  side: Side,
  present: number,
): RealFound | null {
  const [low, high] = [Math.max(min, 1e-6), max]
  const grid = Array.from(
    { length: places + 1 },
    (_, place) => low * (high / low) ** (place / places),
  )
  const tried = [
    ...new Set([...(min <= 0 && max >= 0 ? [0] : []), low, ...grid.slice(1, -1), high, present]),
  ]
    .filter((x) => x >= min && x <= max && !Number.isNaN(f(x)))
    .toSorted((a, b) => a - b)
  if (tried.length === 0) return null
  const sign = (x: number): number => Math.sign(f(x) - target)
  const values = new Set(tried)
  for (let index = 1; index < tried.length; index++) {
    const [a, b] = [tried[index - 1]!, tried[index]!]
    if (sign(a) * sign(b) < 0)
      for (const each of halve(f, a, b, (x) => sign(x) === sign(a))) values.add(each)
  }
  const sorted = [...values].toSorted((a, b) => a - b)
  const answers = sorted.map(f)
  const rises = answers.every((each, place) => place === 0 || each >= answers[place - 1]!)
  const falls = answers.every((each, place) => place === 0 || each <= answers[place - 1]!)
  const points = sorted.map((x, place) => [x, answers[place]!] as const)
  const nearest = nearestPoint(points, target, side, present)
  const best = nearest === null ? null : sorted.indexOf(nearest)
  const least = answers.indexOf(Math.min(...answers))
  const greatest = answers.indexOf(Math.max(...answers))
  const passed = answers.filter(
    (each, place) =>
      place > 0 &&
      (each - target) * (answers[place - 1]! - target) <= 0 &&
      answers[place - 1] !== target,
  ).length
  const located: Located = { best, crossings: passed, steady: rises || falls, least, greatest }
  if (best === null) return { located, values: sorted, same: null }
  return withStep(f, sorted, located, best)
}

/** The two neighbours between which a condition ends. */
function halve(
  f: (x: number) => number,
  a: number,
  b: number,
  holds: (x: number) => boolean,
): [number, number] {
  let [low, high] = [a, b]
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high || Number.isNaN(f(middle))) return [low, high]
    if (holds(middle)) low = middle
    else high = middle
  }
}

/** Where rounding makes a step of equal answers, its extent, and the shortest number on it unless the present value is there. */
function withStep(
  f: (x: number) => number,
  values: readonly number[],
  located: Located,
  best: number,
): RealFound {
  const [value, answer] = [values[best]!, f(values[best]!)]
  const unequal = (direction: 1 | -1): number | undefined =>
    (direction === 1 ? values.slice(best + 1) : values.slice(0, best).toReversed()).find(
      (x) => f(x) !== answer,
    )
  const edge = (other: number | undefined, end: number): number =>
    other === undefined ? end : halve(f, value, other, (x) => f(x) === answer)[0]
  const end = (direction: 1 | -1): number => {
    const other = unequal(direction)
    if (direction === 1) return edge(other, values.at(-1)!)
    return other === undefined ? values[0]! : lowest(f, other, value, answer)
  }
  const [from, to] = [end(-1), end(1)]
  if (from === to) return { located, values, same: null }
  const shortest = shortestBetween(from, to, value)
  return { located, values: values.with(best, shortest), same: { from, to } }
}

/** The least number above `outside` with the answer of `inside`. */
function lowest(f: (x: number) => number, outside: number, inside: number, answer: number): number {
  let [low, high] = [outside, inside]
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) return high
    if (f(middle) === answer) high = middle
    else low = middle
  }
}

function shortestBetween(from: number, to: number, value: number): number {
  for (let digits = 1; digits <= 17; digits++) {
    const short = Number(value.toPrecision(digits))
    const middle = Number(((from + to) / 2).toPrecision(digits))
    for (const each of [short, middle]) if (each >= from && each <= to) return each
  }
  return value
}
