/** Names at the ends of lines, moved apart where lines end close to each other. */
export interface EndLabel {
  text: string
  /** Down from where the line ends, in pixels. */
  shift: number
  /** The place at which the line ends. */
  last: number
}

interface Line {
  label: string
  values: readonly (number | null)[]
}

const apart = 15

/**
 * @param range of the logarithmic axis
 * @param height of the plot in pixels
 * @param short where there is room for a word or two only
 */
export function endLabels(
  lines: readonly Line[],
  [low, high]: readonly [number, number],
  height: number,
  short: boolean,
): EndLabel[] {
  const scale = Math.log(high / low) || 1
  const ends = lines.map(({ values }, place) => {
    const last = values.findLastIndex((value) => value !== null && value > 0)
    const value = values[last] ?? low
    return { place, last, at: (Math.log(high / value) / scale) * height }
  })
  const shifts = lines.map(() => 0)
  // Only lines that end at the same place come near each other.
  const lowest = new Map<number, number>()
  for (const { place, at, last } of ends.toSorted((a, b) => a.at - b.at)) {
    const free = Math.max(at, (lowest.get(last) ?? Number.NEGATIVE_INFINITY) + apart)
    shifts[place] = free - at
    lowest.set(last, free)
  }
  const firstWords = lines.map(({ label }) => label.split(' ')[0]!)
  // Two lines of one model need a second word.
  const words = new Set(firstWords).size === lines.length ? 1 : 2
  return lines.map(({ label }, place) => ({
    text: short ? label.split(' ').slice(0, words).join(' ') : label,
    shift: shifts[place]!,
    last: ends[place]!.last,
  }))
}
