/** Pushes labels apart that want the same place. */

export interface Wanted {
  /** Where its middle would best be. */
  middle: number
  height: number
}

/** The top of each, in the order given: none above `from`, `gap` between them, and none below `to` where all fit. */
export function spread(labels: readonly Wanted[], from: number, to: number, gap: number): number[] {
  const tops: number[] = []
  let free = from
  for (const { middle, height } of labels) {
    tops.push(Math.max(free, middle - height / 2))
    free = tops.at(-1)! + height + gap
  }
  const needed = labels.reduce((sum, { height }) => sum + height + gap, -gap)
  let end = Math.max(to, from + needed)
  for (let place = labels.length - 1; place >= 0; place--) {
    tops[place] = Math.min(tops[place]!, end - labels[place]!.height)
    end = tops[place]! - gap
  }
  return tops
}
