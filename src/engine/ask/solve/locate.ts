/** Finds where a function meets a target, by looking at more and more values around the places where it passes it. */
import { bisect, type Middle } from '../bisect.ts'

export type Side = 'closest' | 'below' | 'above'

/** The values that are looked at. */
export interface Line {
  /** At first, in order, from the least to the greatest there is. */
  coarse: readonly number[]
  /** Where the function goes up and down. */
  dense: () => readonly number[]
  /** Looks closer between two values, between which the target is passed. */
  narrow: (f: (x: number) => number, a: number, b: number, target: number) => void
  /** What lies around the nearest value and was passed over. */
  around: (nearest: number) => readonly number[]
  middle: Middle
}

export interface Located {
  /** The nearest on the side asked for; null where none is on that side. */
  best: number | null
  /** Every value from here to there gives the same as the best. */
  same: Stretch | null
  /** How often the function passes the target, as far as it was looked at. */
  crossings: number
  /** Whether it rises or falls steadily, wherever it was looked at. */
  steady: boolean
  /** Where the least and the greatest answer is, the nearest to `home`. */
  least: number
  greatest: number
}

export interface Stretch {
  from: number
  to: number
}

type Seen = readonly (readonly [x: number, answer: number])[]

/** Where the target is passed more often, only so many places are looked at closely. */
const mostPassed = 64

/** @param home of equally good values the nearest to this one is best */
export function locate(
  f: (x: number) => number,
  { coarse, dense, narrow, around, middle }: Line,
  target: number,
  side: Side,
  home: number,
): Located {
  const known = new Map<number, number>()
  const value = (x: number): number => {
    const answer = known.get(x) ?? f(x)
    known.set(x, answer)
    return answer
  }
  const places = isSteady(coarse.map(value)) ? coarse : dense()
  const signs = places.map((x) => Math.sign(value(x) - target))
  const passed = [...signs.keys()].slice(1).filter((to) => signs[to - 1]! * signs[to]! <= 0)
  for (const to of passed.slice(0, mostPassed)) narrow(value, places[to - 1]!, places[to]!, target)
  const seen = (): Seen =>
    [...known].filter(([, answer]) => !Number.isNaN(answer)).toSorted(([a], [b]) => a - b)
  const near = nearest(seen(), target, side, home)
  if (near !== null) around(near).forEach(value)
  const all = seen()
  const best = nearest(all, target, side, home)
  const answers = all.map(([, answer]) => answer)
  const end = (answer: number): number => {
    const { from, to } = stretchOf(value, all, all[answers.indexOf(answer)]![0], middle)
    return Math.min(Math.max(home, from), to)
  }
  return {
    best,
    same: best === null ? null : stretchOf(value, all, best, middle),
    crossings: countCrossings(answers, target),
    steady: isSteady(answers),
    least: end(answers.reduce((least, each) => Math.min(least, each))),
    greatest: end(answers.reduce((most, each) => Math.max(most, each))),
  }
}

export function isSteady(values: readonly number[]): boolean {
  const rises = values.every((each, index) => index === 0 || each >= values[index - 1]!)
  return rises || values.every((each, index) => index === 0 || each <= values[index - 1]!)
}

/** The value whose answer is nearest to the target on its side, of equally near ones the nearest to `home`. */
function nearest(seen: Seen, target: number, side: Side, home: number): number | null {
  const distance = (answer: number): number =>
    (side === 'below' && answer > target) || (side === 'above' && answer < target)
      ? Infinity
      : Math.abs(answer - target)
  let [best, least]: [number | null, number] = [null, Infinity]
  for (const [x, answer] of seen) {
    const far = distance(answer)
    const is_tie = far === least && best !== null && Math.abs(x - home) < Math.abs(best - home)
    if (far < least || is_tie) [best, least] = [x, far]
  }
  return best
}

/** From where to where values give the same as one of them. */
function stretchOf(f: (x: number) => number, seen: Seen, x: number, middle: Middle): Stretch {
  const answer = f(x)
  const end = (others: Seen): number => {
    const other = others.find((each) => each[1] !== answer)
    if (!other) return others.at(-1)?.[0] ?? x
    return bisect(x, other[0], (each) => f(each) !== answer, middle)[0]
  }
  const at = seen.findIndex((each) => each[0] === x)
  return { from: end(seen.slice(0, at).toReversed()), to: end(seen.slice(at + 1)) }
}

/** Changes of side; a stretch on the target itself counts once. */
function countCrossings(answers: readonly number[], target: number): number {
  let [crossings, side, onTarget] = [0, 0, false]
  for (const answer of answers) {
    const now = Math.sign(answer - target)
    if (now === 0) {
      if (!onTarget) crossings++
    } else if (side !== 0 && now !== side && !onTarget) crossings++
    onTarget = now === 0
    if (now !== 0) side = now
  }
  return crossings
}
