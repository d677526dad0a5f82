/** The first whole number from which on a condition holds, by bisection. */

/** The first value above `low`, and up to `high`, for which a condition holds that holds at `high` and not at `low`. */
export function firstOf(low: number, high: number, holds: (value: number) => boolean): number {
  let [before, after] = [low, high]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (holds(middle)) after = middle
    else before = middle
  }
  return after
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
  if (at <= 0) return places[at]
  return firstOf(places[at - 1]!, places[at]!, holds)
}
