/** The scale of the bars that say what a mixer keeps: from 0 to a round number that all models share. */

/**
 * The least of 1, 2 and 5 times a power of ten, in the unit that it is written in, that is no less.
 * @param base of the units: 1000 for kB, MB and GB, 1024 for KiB, MiB and GiB
 */
export function roundUp(bytes: number, base: 1000 | 1024 = 1000): number {
  if (!(bytes > 0)) return 1
  const unit = base ** Math.max(0, Math.floor(Math.log(bytes) / Math.log(base)))
  const power = 10 ** Math.floor(Math.log10(bytes / unit))
  // What is a hair above a step by rounding is that step.
  const step = [1, 2, 5].find((each) => each * power * unit >= bytes * (1 - 1e-12)) ?? 10
  const rounded = step * power
  return rounded >= base ? unit * base : rounded * unit
}
