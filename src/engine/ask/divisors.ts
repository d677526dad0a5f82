/** Divisors of whole numbers: steps between legal values are among them, since heads and experts divide. */

/** Beyond it only the partners of smaller divisors are found, so that a value of any size takes no time. */
const largest = 16_384

/** @returns the divisors of a whole number above 0, the smallest first */
export function divisors(value: number): number[] {
  const found = new Set<number>()
  for (let d = 1; d * d <= value && d <= largest; d++)
    if (value % d === 0) found.add(d).add(value / d)
  return [...found].toSorted((a, b) => a - b)
}
