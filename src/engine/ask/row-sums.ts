/** Sums along a row of designs: each inner setting adds to the columns that it changes, and to no others. */
import type { Part } from './part.ts'
import type { Grid, Table } from './table.ts'

/** Numbers along a row, each standing for `repeat` designs. */
export interface Run {
  numbers: Float64Array
  repeat: number
}

export interface Added {
  part: Part
  /** The number of the first settings that decide what it adds. */
  level: number
  times: Table
  answers: Table
}

/** The number of the problem that an entry has. */
export type StateOf = (table: Table, entry: number) => number

/** A part that an inner setting decides, for each choice of these. */
interface InRow extends Added {
  /** The entries of answers and of times within their blocks. */
  answers_at: Int32Array
  times_at: Int32Array
}

/** One column of one part, added along a row. */
interface Addition {
  from: InRow
  index: number
  out: Float64Array
  /** What stood before the setting at this depth was looked at, each number for several of `out`; null where `out` has it already. */
  base: Float64Array | null
  /** Whether its answers for one number of `base` follow each other. */
  in_order: boolean
}

/** Along a row each column is expanded as far as the last inner setting that adds to it. */
export function innerSums(
  added: readonly Added[],
  prefix: number,
  lists: Grid['lists'],
  row: readonly Int32Array[],
  shared: Float64Array,
  state: Uint16Array,
  here: Int32Array,
  stateOf: StateOf,
): { sumsOf: (column: number) => Run; open: () => boolean } {
  const sizes = [1]
  for (const list of lists.slice(prefix)) sizes.push(sizes.at(-1)! * list.length)
  const runs = Array.from(shared, () => new Float64Array(1))
  const heads = [...runs]
  const inRow = added
    .toSorted((a, b) => a.level - b.level)
    .map((each): InRow => {
      const size = sizes[each.level - prefix]!
      const along = (table: Table): Int32Array =>
        Int32Array.from({ length: size }, (_, place) =>
          table.within(row[(place * row.length) / size]!),
        )
      return { ...each, answers_at: along(each.answers), times_at: along(each.times) }
    })
  const additions = runs.map((): Addition[] => [])
  for (const from of inRow)
    from.part.columns.forEach((column, index) => {
      const before = runs[column]!
      const size = from.answers_at.length
      const out = before.length === size ? before : new Float64Array(size)
      runs[column] = out
      const base = before === out ? null : before
      const in_order = base !== null && inOrder(from.answers_at, size / base.length)
      additions[column]!.push({ from, index, out, base, in_order })
    })
  /** By column: whether it has been added up along this row. */
  const isAdded = new Uint8Array(runs.length)

  return {
    sumsOf(column) {
      const numbers = runs[column]!
      if (isAdded[column] === 0) {
        isAdded[column] = 1
        heads[column]![0] = shared[column]!
        for (const addition of additions[column]!) addAlong(addition, here)
      }
      return { numbers, repeat: row.length / numbers.length }
    },
    open() {
      isAdded.fill(0)
      let whole = true
      for (const each of inRow) if (markProblems(each, here, state, stateOf)) whole = false
      return whole
    },
  }
}

/** Marks the designs of a row for which a part has no answer. @returns whether there are any */
function markProblems(
  { times, answers, answers_at: answersAt, times_at: timesAt }: InRow,
  here: Int32Array,
  state: Uint16Array,
  stateOf: StateOf,
): boolean {
  const repeat = state.length / answersAt.length
  const timesFirst = times.open(here)
  if (isAbsent(times, timesFirst)) return false
  const answersFirst = answers.open(here)
  if (times.isWhole(timesFirst) && answers.isWhole(answersFirst)) return false
  for (let place = 0; place < answersAt.length; place++) {
    const [many, entry] = [timesFirst + timesAt[place]!, answersFirst + answersAt[place]!]
    const problem =
      times.state[many] !== 1
        ? stateOf(times, many)
        : times.data[0]![many] !== 0 && answers.state[entry] !== 1
          ? stateOf(answers, entry)
          : 0
    if (problem === 0) continue
    for (let each = place * repeat; each < (place + 1) * repeat; each++)
      if (state[each] === 0) state[each] = problem
  }
  return true
}

function addAlong({ from, index, out, base, in_order }: Addition, here: Int32Array): void {
  const { part, times, answers, answers_at: at, times_at: timesAt } = from
  const timesFirst = times.open(here)
  if (isAbsent(times, timesFirst)) return expand(out, base)
  const first = answers.open(here)
  const [data, many] = [answers.data[index]!, times.data[0]!]
  const each = base ? out.length / base.length : 0
  if (base && in_order && times.block === 1 && !part.is_setting) {
    const factor = many[timesFirst]!
    for (let group = 0, place = 0; group < base.length; group++) {
      const before = base[group]!
      let entry = first + at[place]!
      for (const end = place + each; place < end; place++, entry++)
        out[place] = before + factor * data[entry]!
    }
    return
  }
  expand(out, base)
  for (let place = 0; place < out.length; place++) {
    const factor = many[timesFirst + timesAt[place]!]!
    const answer = data[first + at[place]!]!
    if (!part.is_setting) out[place]! += factor * answer
    else if (factor !== 0 && !Number.isNaN(answer)) out[place] = answer
  }
}

/** Whether no design of the row has a layer with a part. */
const isAbsent = ({ block, state, data }: Table, first: number): boolean =>
  block === 1 && state[first] === 1 && data[0]![first] === 0

/** Writes what stood before for each of the designs that share it. */
function expand(out: Float64Array, base: Float64Array | null): void {
  if (base === null) return
  const each = out.length / base.length
  for (let group = 0; group < base.length; group++)
    out.fill(base[group]!, group * each, (group + 1) * each)
}

const inOrder = (entries: Int32Array, each: number): boolean =>
  entries.every((entry, place) => place % each === 0 || entry === entries[place - 1]! + 1)
