/** What a part answers for values of the settings it depends on, computed once for each choice of them. */
import { ArchcostError } from '../../../architecture/errors.ts'
import type { SettingValue } from '../../vary/setting.ts'
import { attempt } from '../family/family.ts'
import type { Row } from './row.ts'

/** Numbers that one table may keep; more are computed again when they are needed. */
const mostKept = 1 << 21

/**
 * Answers in blocks: a block is for one choice of the settings outside of a row, and holds an answer for each choice of those
 * along it. What is computed is a whole block, with the least and the greatest of its answers in each branch of the row.
 */
export interface Table {
  /** By number of an answer, the answers of all entries. */
  data: readonly Float64Array[]
  /** By entry: 1 where there is an answer, above that the number of a problem. */
  state: Uint16Array
  /** Entries in a block. */
  block: number
  /** The block for these digits, which is computed where it is not known yet. */
  open: (digits: Int32Array) => number
  /** Whether every entry of a block has an answer. */
  isWhole: (block: number) => boolean
  /** By place in the row, the entry within a block. */
  within: Int32Array
  /** By level of the row. */
  bounds: readonly Bounds[]
  /** By number of an answer, and block: whether answers fall nowhere within a leaf of the row. */
  rises: readonly Uint8Array[]
  /** The address of what is wrong with an entry. */
  problemOf: (entry: number) => string
}

/** The least and the greatest answers within branches of one level; branches that differ in nothing a table knows share them. */
export interface Bounds {
  /** Bounds in a block. */
  block: number
  /** By branch, its bounds within a block. */
  within: Int32Array
  /** By number of an answer. */
  low: readonly Float64Array[]
  high: readonly Float64Array[]
}

/**
 * @param depends places of settings
 * @param width numbers in an answer
 */
export function tableOf(
  depends: readonly number[],
  width: number,
  compute: (values: readonly SettingValue[]) => readonly number[],
  row: Row,
): Table {
  const { lists, prefix } = row
  const outside = depends.filter((place) => place < prefix).toSorted((a, b) => a - b)
  const inside = depends.filter((place) => place >= prefix).toSorted((a, b) => a - b)
  const sizeOf = (places: readonly number[]): number =>
    places.reduce((product, place) => product * lists[place]!.length, 1)
  const indexOf = (places: readonly number[], digits: Int32Array): number => {
    let index = 0
    for (const place of places) index = index * lists[place]!.length + digits[place]!
    return index
  }
  const [blocks, block] = [sizeOf(outside), sizeOf(inside)]
  const keeps = blocks * block * Math.max(width, 1) <= mostKept
  const kept = keeps ? blocks : 1
  const columns = (size: number): Float64Array[] =>
    Array.from({ length: width }, () => new Float64Array(kept * size))
  const data = columns(block)
  const state = new Uint16Array(kept * block)
  const within = Int32Array.from(row.digits, (digits) => indexOf(inside, digits))
  const bounds = row.levels.map(({ begins }): Bounds => {
    const firsts = Array.from(begins.subarray(0, -1), (begin) => within[begin]!)
    const known = [...new Set(firsts)]
    const numbers = new Map(known.map((first, index) => [first, index]))
    return {
      block: known.length,
      within: Int32Array.from(firsts, (first) => numbers.get(first)!),
      // One answer for all designs of a row is its own bound.
      low: block === 1 ? data : columns(known.length),
      high: block === 1 ? data : columns(known.length),
    }
  })
  const rises = Array.from({ length: width }, () => new Uint8Array(kept).fill(1))
  const steps = stepsOf(row, within, block)
  const groups = block === 1 ? [] : groupsOf(row, within, block, bounds)
  /** By block: 0 not known, 1 whole, 2 with problems. */
  const known = new Uint8Array(kept)
  const problems: string[] = []
  const values = lists.map(([first]) => first!)
  let held = -1

  const fill = (at: number, digits: Int32Array): void => {
    let whole = true
    for (const place of outside) values[place] = lists[place]![digits[place]!]!
    for (let index = 0; index < block; index++) {
      for (let each = inside.length - 1, rest = index; each >= 0; each--) {
        const list = lists[inside[each]!]!
        values[inside[each]!] = list[rest % list.length]!
        rest = Math.floor(rest / list.length)
      }
      const answer = attempt(() => compute(values))
      const entry = at * block + index
      if (answer instanceof ArchcostError) {
        whole = false
        for (const column of data) column[entry] = 0
        state[entry] = 2 + numberOf(problems, answer.path ?? answer.message)
      } else {
        answer.forEach((each, column) => (data[column]![entry] = each))
        state[entry] = 1
      }
    }
    known[at] = whole ? 1 : 2
    for (let level = groups.length - 1; level >= 0; level--)
      for (let column = 0; column < width; column++)
        bound(groups[level]!, bounds[level]!, at, column, bounds[level + 1])
    for (let column = 0; column < width; column++)
      rises[column]![at] = Number(isRising(data[column]!, at * block, steps))
  }

  /** Of one column on one level, from the level below, or from the answers themselves. */
  const bound = (
    group: Int32Array,
    { block: size, low, high }: Bounds,
    at: number,
    column: number,
    below: Bounds | undefined,
  ): void => {
    const [least, most] = [low[column]!, high[column]!]
    const [first, from] = [at * size, at * group.length]
    const [under, over] = below
      ? [below.low[column]!, below.high[column]!]
      : [data[column]!, data[column]!]
    least.fill(Infinity, first, first + size)
    most.fill(-Infinity, first, first + size)
    for (let index = 0; index < group.length; index++) {
      if (!below && state[from + index] !== 1) continue
      const to = first + group[index]!
      least[to] = Math.min(least[to]!, under[from + index]!)
      most[to] = Math.max(most[to]!, over[from + index]!)
    }
  }

  return {
    data,
    state,
    block,
    open(digits) {
      const index = indexOf(outside, digits)
      const at = keeps ? index : 0
      if (keeps ? known[index] === 0 : held !== index) fill(at, digits)
      held = index
      return at
    },
    isWhole: (at) => known[at] === 1,
    within,
    bounds,
    rises,
    problemOf: (entry) => problems[state[entry]! - 2]!,
  }
}

/** By level, for what stands a level below, at the bottom for entries, in which of the level's bounds it counts. */
function groupsOf(
  { levels }: Row,
  within: Int32Array,
  block: number,
  bounds: readonly Bounds[],
): Int32Array[] {
  return levels.map(({ begins, children }, level) => {
    const below = bounds[level + 1]
    const group = new Int32Array(below ? below.block : block)
    const [firsts, numbers] = below ? [children, below.within] : [begins, within]
    for (const [branch, number] of bounds[level]!.within.entries())
      for (let each = firsts[branch]!; each < firsts[branch + 1]!; each++)
        group[numbers[each]!] = number
    return group
  })
}

/** The entries of a block that follow each other within a leaf of the row, two by two and each two once. */
function stepsOf({ levels, length }: Row, within: Int32Array, block: number): Int32Array {
  const steps = new Set<number>()
  const starts = new Set(levels.at(-1)!.begins)
  for (let place = 1; place < length; place++)
    if (within[place] !== within[place - 1] && !starts.has(place))
      steps.add(within[place - 1]! * block + within[place]!)
  return Int32Array.from([...steps].flatMap((step) => [Math.floor(step / block), step % block]))
}

function isRising(data: Float64Array, first: number, steps: Int32Array): boolean {
  for (let step = 0; step < steps.length; step += 2)
    if (!(data[first + steps[step]!]! <= data[first + steps[step + 1]!]!)) return false
  return true
}

/** The number of a text in a list that grows by what is new. */
export function numberOf(texts: string[], text: string): number {
  const known = texts.indexOf(text)
  return known < 0 ? texts.push(text) - 1 : known
}
