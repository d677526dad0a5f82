/** Where a logarithmic slider may stop: four steps to each doubling, whole where the setting is. */
export function stops(min: number, max: number, whole: boolean): number[] {
  const found = new Set<number>([min])
  const first = Math.floor(Math.log2(Math.max(min, whole ? 1 : 1e-6)))
  for (let octave = first; 2 ** octave <= max; octave++)
    for (const part of [1, 1.25, 1.5, 1.75]) {
      const stop = part * 2 ** octave
      if (stop > min && stop <= max && (!whole || Number.isInteger(stop))) found.add(stop)
    }
  return [...found.add(max)].toSorted((a, b) => a - b)
}

/** The index of the stop that is nearest by ratio. */
export function nearestStop(value: number, all: readonly number[]): number {
  const distance = (stop: number): number =>
    stop > 0 && value > 0 ? Math.abs(Math.log(stop / value)) : Math.abs(stop - value)
  return all.reduce(
    (best, stop, index) => (distance(stop) < distance(all[best]!) ? index : best),
    0,
  )
}
