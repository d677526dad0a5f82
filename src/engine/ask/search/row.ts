/** A row, designs that differ in the innermost settings only, as a tree: what is settled for a branch need not be asked of each design. */
import type { SettingValue } from '../../vary/setting.ts'

/** A row is no longer than this where it need not be. */
const longestRow = 4096
/** Most branches of a branch. */
export const fan = 8
/** Branches of so few designs, or of one setting's values, are not divided any further. */
const smallBranch = 16

export interface Row {
  lists: readonly (readonly SettingValue[])[]
  /** The first of the settings along the row. */
  prefix: number
  /** Designs in the row. */
  length: number
  /** By place in the row, the digits of its design; 0 for the settings outside of it. */
  digits: readonly Int32Array[]
  /** From the whole row down to its smallest branches. */
  levels: readonly Level[]
  /** Designs in a branch of the last level. */
  leaf: number
}

export interface Level {
  /** Where each branch begins; the next one's begin is its end. */
  begins: Int32Array
  /** The first branch on the level below of each branch; the next one's first is past its last. */
  children: Int32Array
}

/** @param by_rows false where each design stands in a row of its own */
export function rowOf(lists: Row['lists'], by_rows: boolean): Row {
  const prefix = by_rows ? rowStart(lists) : lists.length
  const sizes = lists.slice(prefix).map(({ length }) => length)
  const length = sizes.reduce((product, size) => product * size, 1)
  const digits = Array.from({ length }, (_, place) => digitsAt(lists, place).fill(0, 0, prefix))
  return { lists, prefix, length, digits, ...treeOf(sizes, length) }
}

/** Which value of each setting the design at a place has; the last setting walks fastest. */
export function digitsAt(lists: readonly (readonly unknown[])[], place: number): Int32Array {
  const digits = new Int32Array(lists.length)
  for (let level = lists.length - 1, rest = place; level >= 0; level--) {
    const { length } = lists[level]!
    digits[level] = rest % length
    rest = Math.floor(rest / length)
  }
  return digits
}

/** The first of the innermost settings that make a row. */
function rowStart(lists: Row['lists']): number {
  let [start, length] = [lists.length - 1, lists.at(-1)!.length]
  while (start > 0 && length * lists[start - 1]!.length <= longestRow)
    length *= lists[--start]!.length
  return start
}

/** Divided setting by setting, the values of a long list by groups of groups; those of the innermost setting stay together. */
function treeOf(sizes: readonly number[], length: number): Pick<Row, 'levels' | 'leaf'> {
  const levels = [[0]]
  let unit = length
  for (const size of sizes.slice(0, -1)) {
    if (unit <= smallBranch) break
    const inner = unit / size
    let group = 1
    while (group * fan < size) group *= fan
    for (; group >= 1; group = Math.floor(group / fan)) {
      const starts: number[] = []
      for (let from = 0; from < length; from += unit)
        for (let value = 0; value < size; value += group) starts.push(from + value * inner)
      if (starts.length > levels.at(-1)!.length) levels.push(starts)
    }
    unit = inner
  }
  return {
    leaf: unit,
    levels: levels.map((starts, level) => {
      const below = new Map((levels[level + 1] ?? []).map((start, index) => [start, index]))
      return {
        begins: Int32Array.from([...starts, length]),
        children: Int32Array.from([...starts, length], (start) => below.get(start) ?? below.size),
      }
    }),
  }
}
