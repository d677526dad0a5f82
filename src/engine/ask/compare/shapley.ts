/** Shapley's value: what each of several changes adds, in the mean over all orders of making them. */

/** @param values by the set of inputs that are changed, as bits */
export function shapley(values: readonly number[], n: number): number[] {
  const weights = Array.from({ length: n }, (_, size) => 1 / (n * choose(n - 1, size)))
  return Array.from({ length: n }, (_, player) => {
    let mean = 0
    for (let set = 0; set < values.length; set++)
      if (!(set & (1 << player)))
        mean += weights[bits(set)]! * (values[set | (1 << player)]! - values[set]!)
    return mean
  })
}

const bits = (set: number): number => set.toString(2).replaceAll('0', '').length
const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
