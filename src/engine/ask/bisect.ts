/** Bisection: where a condition begins to hold. */

/** A number between two others, nearer to each; null where there is none. */
export type Middle = (a: number, b: number) => number | null

const middleOfWhole: Middle = (a, b) => {
  const middle = Math.floor((a + b) / 2)
  return middle === a || middle === b ? null : middle
}

/** Down to neighbouring numbers of the machine. */
export const middleOfReal: Middle = (a, b) => {
  const middle = a + (b - a) / 2
  return middle === a || middle === b ? null : middle
}

/**
 * The two neighbours between which a condition begins to hold.
 * @param from where it does not hold
 * @param to where it does; above or below
 */
export function bisect(
  from: number,
  to: number,
  holds: (value: number) => boolean,
  middleOf: Middle = middleOfWhole,
): [before: number, first: number] {
  let [before, first] = [from, to]
  for (;;) {
    const middle = middleOf(before, first)
    if (middle === null) return [before, first]
    if (holds(middle)) first = middle
    else before = middle
  }
}

/**
 * The first whole number for which a condition holds, between rising places at which it was looked at.
 * @returns the first place where it holds there already; undefined where it holds at none of them
 */
export function firstAmong(
  places: readonly number[],
  holds: (value: number) => boolean,
): number | undefined {
  const at = places.findIndex(holds)
  return at <= 0 ? places[at] : bisect(places[at - 1]!, places[at]!, holds)[1]
}
