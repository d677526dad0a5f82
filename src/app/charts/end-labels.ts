/** Names at the ends of lines, moved apart where lines end close to each other. */
export interface EndLabel {
  text: string
  /** Down from where the line ends, in pixels. */
  shift: number
}

interface Line {
  label: string
  values: readonly (number | null)[]
}

const apart = 15

/**
 * @param range of the logarithmic axis
 * @param height of the plot in pixels
 * @param short where there is room for one word only
 */
export function endLabels(
  lines: readonly Line[],
  [low, high]: readonly [number, number],
  height: number,
  short: boolean,
): EndLabel[] {
  const scale = Math.log(high / low) || 1
  const ends = lines.map(({ values }, place) => {
    const last = values.at(-1) ?? null
    return {
      place,
      at: last === null || last <= 0 ? height : (Math.log(high / last) / scale) * height,
    }
  })
  const shifts = lines.map(() => 0)
  let lowest = Number.NEGATIVE_INFINITY
  for (const { place, at } of ends.toSorted((a, b) => a.at - b.at)) {
    const free = Math.max(at, lowest + apart)
    shifts[place] = free - at
    lowest = free
  }
  return lines.map(({ label }, place) => ({
    text: short ? label.split(' ')[0]! : label,
    shift: shifts[place]!,
  }))
}
