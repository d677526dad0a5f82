/** Functions of probability that generated code calls. */

/** Standard normal density. */
export const normalPdf = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)

/** Standard normal distribution function: West 2005, "Better approximations to cumulative normal functions", to 1e-15. */
export function normalCdf(x: number): number {
  const z = Math.abs(x)
  if (z > 37) return x > 0 ? 1 : 0
  const density = Math.exp((-z * z) / 2)
  let tail: number
  if (z < 7.07106781186547) {
    const top = [
      0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
      221.213596169931, 220.206867912376,
    ]
    const bottom = [
      0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
      637.333633378831, 793.826512519948, 440.413735824752,
    ]
    const horner = (terms: number[]): number => terms.reduce((sum, term) => sum * z + term, 0)
    tail = (density * horner(top)) / horner(bottom)
  } else {
    const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))
    tail = density / (fraction * 2.506628274631)
  }
  return x > 0 ? 1 - tail : tail
}

/** Binomial coefficient, also for real n: the product of (n - k + i) / i. */
export function choose(n: number, k: number): number {
  if (k < 0) return 0
  let product = 1
  for (let step = 1; step <= k; step++) product = (product * (n - k + step)) / step
  return product
}
