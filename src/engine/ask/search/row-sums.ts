/** Sums along a row of designs: between which bounds they lie in a branch of it, and what they are for single designs. */
import type { Ranges } from '../quantity/conditions.ts'
import type { Part } from '../family/term.ts'
import type { Row } from './row.ts'
import type { Slope, Term } from './slope.ts'
import type { Table } from './table.ts'

/** A part, and the tables of how many layers hold it and of what one of them adds. */
export interface Added {
  part: Part
  times: Table
  answers: Table
}

/** The number of the problem that an entry has. */
export type StateOf = (table: Table, entry: number) => number

export interface RowSums {
  /** Opens the row at these digits, and marks the designs for which a part has no answer. @returns whether there are none */
  open: (here: Int32Array) => boolean
  /** Bounds of a column's sum in branches that follow each other, infinite where nothing is known. */
  bound: (column: number, level: number, first: number, last: number, to: Ranges) => void
  /** Writes what a column's sum is along the row. @returns whether it is a slope */
  slope: (column: number, to: Slope) => boolean
  /** A column's sums from one place up to another, written from the start of `to`. */
  read: (column: number, begin: number, end: number, to: Float64Array) => void
}

/** A part that a setting along the row decides, with its blocks for the row that is open. */
interface Opened extends Added {
  times_at: number
  answers_at: number
  /** How many layers hold it, where that is the same along the row; else NaN. */
  many: number
}

/** One column of a part. */
interface Addition {
  from: Opened
  index: number
  /** Of the row that is open. */
  term: Term
}

/** @param shared the sums of what all designs of the row share */
export function sumsAlong(
  row: Row,
  added: readonly Added[],
  shared: Float64Array,
  state: Uint16Array,
  stateOf: StateOf,
): RowSums {
  const opened = added.map((each): Opened => ({ ...each, times_at: 0, answers_at: 0, many: 0 }))
  /** By column, what adds to it. */
  const adding = Array.from(shared, (_, column) =>
    opened.flatMap((from): Addition[] => {
      const index = from.part.columns.indexOf(column)
      if (index < 0) return []
      const { data, within } = from.answers
      return [{ from, index, term: { many: 0, first: 0, data: data[index]!, within } }]
    }),
  )

  return {
    open(here) {
      let whole = true
      for (const each of opened) {
        openPart(each, here)
        if (each.many !== 0 && markProblems(each, row, state, stateOf)) whole = false
      }
      return whole
    },
    bound(column, level, first, last, to) {
      const base = shared[column]!
      for (let each = 0; each < last - first; each++) to.low[each] = to.high[each] = base
      for (const addition of adding[column]!)
        if (addition.from.many !== 0) addBounds(addition, level, first, last, to)
    },
    slope(column, to) {
      to.base = shared[column]!
      to.terms.length = 0
      for (const { from, index, term } of adding[column]!) {
        const { part, many, answers, answers_at: at } = from
        if (many === 0) continue
        if (part.is_setting || !(many > 0) || answers.rises[index]![at] === 0) return false
        term.many = many
        term.first = at * answers.block
        to.terms.push(term)
      }
      return true
    },
    read(column, begin, end, to) {
      const base = shared[column]!
      for (let each = 0; each < end - begin; each++) to[each] = base
      for (const { from, index } of adding[column]!)
        if (from.many !== 0) addAlong(from, index, begin, end, to)
    },
  }
}

function addBounds(
  { from, index }: Addition,
  level: number,
  first: number,
  last: number,
  { low, high }: Ranges,
): void {
  const { many, answers, times, part } = from
  if (part.is_setting) {
    low.fill(-Infinity)
    high.fill(Infinity)
    return
  }
  const { block, within, low: lows, high: highs } = answers.bounds[level]!
  const [least, most, start] = [lows[index]!, highs[index]!, from.answers_at * block]
  if (!Number.isNaN(many)) {
    for (let branch = first; branch < last; branch++) {
      const at = start + within[branch]!
      low[branch - first]! += many * least[at]!
      high[branch - first]! += many * most[at]!
    }
    return
  }
  const counts = times.bounds[level]!
  for (let branch = first; branch < last; branch++) {
    const at = start + within[branch]!
    const [lowest, highest] = [least[at]!, most[at]!]
    if (lowest > highest) continue
    const entry = from.times_at * counts.block + counts.within[branch]!
    const [fewest, all] = [counts.low[0]![entry]!, counts.high[0]![entry]!]
    low[branch - first]! += Math.min(fewest * lowest, all * lowest)
    high[branch - first]! += Math.max(fewest * highest, all * highest)
  }
}

function openPart(each: Opened, here: Int32Array): void {
  const { times, answers } = each
  each.times_at = times.open(here)
  const isSame = times.block === 1 && times.isWhole(each.times_at)
  each.many = isSame ? times.data[0]![each.times_at]! : NaN
  // What no layer holds need not be right.
  if (each.many === 0) return
  each.answers_at = answers.open(here)
}

/** Marks the designs of a row for which a part has no answer. @returns whether there are any */
function markProblems(
  { times, answers, times_at: timesAt, answers_at: answersAt }: Opened,
  { length }: Row,
  state: Uint16Array,
  stateOf: StateOf,
): boolean {
  if (times.isWhole(timesAt) && answers.isWhole(answersAt)) return false
  for (let place = 0; place < length; place++) {
    if (state[place] !== 0) continue
    const many = timesAt * times.block + times.within[place]!
    const entry = answersAt * answers.block + answers.within[place]!
    if (times.state[many] !== 1) state[place] = stateOf(times, many)
    else if (times.data[0]![many] !== 0 && answers.state[entry] !== 1)
      state[place] = stateOf(answers, entry)
  }
  return true
}

function addAlong(
  { part, times, answers, times_at: timesAt, answers_at: answersAt, many }: Opened,
  index: number,
  begin: number,
  end: number,
  to: Float64Array,
): void {
  const [data, first, within] = [answers.data[index]!, answersAt * answers.block, answers.within]
  if (!part.is_setting && !Number.isNaN(many)) {
    for (let each = begin; each < end; each++)
      to[each - begin]! += many * data[first + within[each]!]!
    return
  }
  const counts = times.data[0]!
  const from = timesAt * times.block
  for (let each = begin; each < end; each++) {
    const factor = counts[from + times.within[each]!]!
    const answer = data[first + within[each]!]!
    if (!part.is_setting) to[each - begin]! += factor * answer
    else if (factor !== 0 && !Number.isNaN(answer)) to[each - begin] = answer
  }
}
