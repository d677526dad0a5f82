/** Names at the ends of lines, moved apart where they would stand over each other. */
import { spread } from '../drawing/spread.ts'

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
  /** Whether it runs through the whole plot, with a name that is short as it is. */
  isLevel?: boolean
}

interface Plot {
  /** How far along each place stands, 0 to 1. */
  along: readonly number[]
  /** Of the logarithmic axis. */
  range: readonly [number, number]
  height: number
  /** Whether there is room for a word or two only. */
  isNarrow: boolean
}

/** Of a line of text and of a character, in pixels. */
const tall = 15
export const wide = 7

export function endLabels(lines: readonly Line[], plot: Plot): EndLabel[] {
  const texts = textsOf(lines, plot.isNarrow)
  const ends = lines.map((line, at) => ({ ...endOf(line, plot), text: texts[at]!, shift: 0 }))
  for (const group of neighbours(ends)) {
    group.sort((a, b) => a.middle - b.middle)
    const wanted = group.map(({ middle }) => ({ middle, height: tall }))
    const tops = spread(wanted, -tall / 2, plot.height + tall / 2, 0)
    group.forEach((end, at) => (end.shift = tops[at]! + tall / 2 - end.middle))
  }
  return ends
}

function textsOf(lines: readonly Line[], isNarrow: boolean): string[] {
  const named = lines.filter(({ isLevel = false }) => !isLevel)
  const first = new Set(named.map(({ label }) => label.split(' ')[0]))
  // Two lines of one model need a second word.
  const words = first.size === named.length ? 1 : 2
  return lines.map(({ label, isLevel = false }) =>
    isNarrow && !isLevel ? label.split(' ').slice(0, words).join(' ') : label,
  )
}

/** The plot is about so wide; labels near each other need no more. */
const about = { narrow: 160, other: 640 }

function endOf({ values }: Line, { along, range: [low, high], height, isNarrow }: Plot) {
  const last = values.findLastIndex((value) => value !== null && value > 0)
  const middle = (Math.log(high / (values[last] ?? low)) / (Math.log(high / low) || 1)) * height
  const share = along[last]!
  // A place at 0, of which a logarithmic axis has none, stands where it begins.
  const start = Number.isFinite(share) ? share * (isNarrow ? about.narrow : about.other) : 0
  return { last, middle, start }
}

/** Those whose texts reach below or above each other, in groups. */
function neighbours<End extends { start: number; text: string }>(ends: readonly End[]): End[][] {
  const groups: End[][] = []
  let reach = Number.NEGATIVE_INFINITY
  for (const end of ends.toSorted((a, b) => a.start - b.start)) {
    if (end.start > reach) groups.push([])
    groups.at(-1)!.push(end)
    reach = Math.max(reach, end.start + wide * end.text.length)
  }
  return groups
}
