/** What a part answers for values of the settings it depends on, computed once for each choice of them. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { SettingValue } from '../vary/setting.ts'
import { attempt } from './family.ts'

/** Numbers that one table may keep; more are computed again when they are needed. */
const mostKept = 1 << 21

/**
 * Answers in blocks: a block is for one choice of the outer settings, and holds an answer for each choice of the inner ones.
 * What is computed is a whole block.
 */
export interface Table {
  /** By number of an answer, the answers of all entries. */
  data: readonly Float64Array[]
  /** By entry: 1 where there is an answer, above that the number of a problem. */
  state: Uint16Array
  /** Entries in a block. */
  block: number
  /** The first entry of the block for these digits, which is computed where it is not known yet. */
  open: (digits: Int32Array) => number
  /** Whether every entry of the block has an answer. */
  isWhole: (first: number) => boolean
  /** The entry within a block of the design at these digits. */
  within: (digits: Int32Array) => number
  /** The address of what is wrong with an entry. */
  problemOf: (entry: number) => string
}

export interface Grid {
  lists: readonly (readonly SettingValue[])[]
  /** The first of the inner settings. */
  inner: number
}

/**
 * @param depends places of settings
 * @param width numbers in an answer
 */
export function tableOf(
  depends: readonly number[],
  width: number,
  compute: (values: readonly SettingValue[]) => readonly number[],
  { lists, inner }: Grid,
): Table {
  const outside = depends.filter((place) => place < inner).toSorted((a, b) => a - b)
  const inside = depends.filter((place) => place >= inner).toSorted((a, b) => a - b)
  const sizeOf = (places: readonly number[]): number =>
    places.reduce((product, place) => product * lists[place]!.length, 1)
  const [blocks, block] = [sizeOf(outside), sizeOf(inside)]
  const keeps = blocks * block * Math.max(width, 1) <= mostKept
  const entries = keeps ? blocks * block : block
  const data = Array.from({ length: width }, () => new Float64Array(entries))
  const state = new Uint16Array(entries)
  /** By block: 0 not known, 1 whole, 2 with problems. */
  const known = new Uint8Array(keeps ? blocks : 1)
  const problems: string[] = []
  const values = lists.map(([first]) => first!)
  let held = -1

  const indexOf = (places: readonly number[], digits: Int32Array): number =>
    places.reduce((index, place) => index * lists[place]!.length + digits[place]!, 0)

  const fill = (first: number, digits: Int32Array): void => {
    let whole = true
    for (const place of outside) values[place] = lists[place]![digits[place]!]!
    for (let index = 0; index < block; index++) {
      for (let each = inside.length - 1, rest = index; each >= 0; each--) {
        const list = lists[inside[each]!]!
        values[inside[each]!] = list[rest % list.length]!
        rest = Math.floor(rest / list.length)
      }
      const answer = attempt(() => compute(values))
      const entry = first + index
      if (answer instanceof ArchcostError) {
        whole = false
        for (const column of data) column[entry] = 0
        state[entry] = 2 + numberOf(problems, answer.path ?? answer.message)
      } else {
        answer.forEach((each, column) => (data[column]![entry] = each))
        state[entry] = 1
      }
    }
    known[first / block] = whole ? 1 : 2
  }

  return {
    data,
    state,
    block,
    open(digits) {
      const index = indexOf(outside, digits)
      const first = keeps ? index * block : 0
      if (keeps ? known[index] === 0 : held !== index) fill(first, digits)
      held = index
      return first
    },
    isWhole: (first) => known[first / block] === 1,
    within: (digits) => indexOf(inside, digits),
    problemOf: (entry) => problems[state[entry]! - 2]!,
  }
}

/** The number of a text in a list that grows by what is new. */
export function numberOf(texts: string[], text: string): number {
  const known = texts.indexOf(text)
  return known < 0 ? texts.push(text) - 1 : known
}
