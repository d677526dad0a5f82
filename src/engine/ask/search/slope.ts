/** What falls nowhere within a leaf of a row, and where along it it passes a limit. */
import type { Leaves } from './leaves.ts'

/** At each place of a row: the sum of a base and of terms, times a factor. */
export interface Slope {
  base: number
  terms: Term[]
  factor: number
  /** In place of all these, for what is no such sum. */
  at: ((place: number) => number) | null
}

/** Answers, and by place in the row which of them it is, from the first on; each of them counts many times. */
export interface Term {
  many: number
  first: number
  data: Float64Array
  within: Int32Array
}

const nothing: Term = { many: 0, first: 0, data: new Float64Array(0), within: new Int32Array(0) }

export function slope({ base = 0, terms = [], factor = 1, at = null }: Partial<Slope>): Slope {
  return { base, terms, factor, at }
}

export function valueAt({ base, terms, factor, at }: Slope, place: number): number {
  if (at !== null) return at(place)
  let sum = base
  for (let index = 0; index < terms.length; index++) {
    const term = terms[index]!
    sum += term.many * term.data[term.first + term.within[place]!]!
  }
  return sum * factor
}

/**
 * Cuts off the ends of leaves where a slope is above a limit.
 * @param strict whether it must not reach the limit either
 * @param guesses by leaf, how many designs will be left; those that were are written there
 * @param above by leaf of these, what the slope is where it was cut
 */
export function cutOff(
  along: Slope,
  limit: number,
  strict: boolean,
  { first, many: leaves, begins, ends }: Leaves,
  guesses: Int32Array,
  above: Float64Array,
): void {
  const { base, terms, factor } = along
  // Of one term, as most slopes are, all is at hand before the loop, which is where a search spends its time.
  const isLine = along.at === null && terms.length === 1
  const { many, first: start, data, within } = isLine ? terms[0]! : nothing
  for (let at = 0; at < leaves; at++) {
    const begin = begins[at]!
    let [from, to] = [begin, ends[at]!]
    if (from === to) continue
    let middle = Math.min(begin + guesses[first + at]!, to - 1)
    for (let probe = 0; from < to; probe++) {
      const value = isLine
        ? (base + many * data[start + within[middle]!]!) * factor
        : valueAt(along, middle)
      const isBelow = strict ? value < limit : value <= limit
      if (isBelow) from = middle + 1
      else {
        to = middle
        above[at] = value
      }
      // A guess is right, or near.
      middle = probe > 0 ? (from + to) >>> 1 : isBelow ? from : to - 1
    }
    guesses[first + at] = to - begin
    ends[at] = to
  }
}
