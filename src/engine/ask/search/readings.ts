/** Measures along a row of designs: between which bounds they lie in a branch of it, and what they are for single designs. */
import type { SettingValue } from '../../vary/setting.ts'
import type { Family, Reader } from '../family/family.ts'
import { fan } from './row.ts'
import { slope, valueAt, type Slope } from './slope.ts'
import type { Ranges } from '../quantity/conditions.ts'
import { tableOf } from './table.ts'
import type { Walker } from './walker.ts'

/** What a measure, or a number, is along a row, with its bounds in the branches that were last asked about. */
export interface Reading extends Ranges {
  /** Of branches that follow each other, below one branch. */
  bound: (level: number, first: number, last: number) => void
  /** What it is along the row that was gone to, where it is known to fall nowhere within a leaf. */
  slope: () => Slope | null
  /** Of the designs from one place of the row up to another, which are no more than a leaf holds, from the start of `to`. */
  read: (begin: number, end: number, to: Float64Array) => void
}

const ranges = (): Ranges => ({ low: new Float64Array(fan), high: new Float64Array(fan) })

export function constant(value: number): Reading {
  const { low, high } = ranges()
  const level = slope({ base: value })
  return {
    low: low.fill(value),
    high: high.fill(value),
    bound: () => undefined,
    slope: () => level,
    read(begin, end, to) {
      for (let each = 0; each < end - begin; each++) to[each] = value
    },
  }
}

export function readingOf(reader: Reader, family: Family, walker: Walker): Reading {
  if (reader.setting !== undefined) return settingReading(reader.setting, walker)
  const { factor, columns } = reader
  if (factor === undefined) return compound(reader, family, walker)
  const sum = sumReading(columns[0]!, walker)
  if (factor === 1) return sum
  return product(
    sum,
    typeof factor === 'number' ? constant(factor) : settingReading(factor.index, walker),
    walker.row.leaf,
  )
}

function sumReading(column: number, { sums }: Pick<Walker, 'sums'>): Reading {
  const bounds = ranges()
  const along = slope({})
  return {
    ...bounds,
    bound: (level, first, last) => sums.bound(column, level, first, last, bounds),
    slope: () => (sums.slope(column, along) ? along : null),
    read: (begin, end, to) => sums.read(column, begin, end, to),
  }
}

/** A setting that varies; none is no bound. */
function settingReading(index: number, { row, here }: Walker): Reading {
  const { low, high } = ranges()
  const numberAt = (value: SettingValue): number => Number(value ?? Infinity)
  if (index < row.prefix) {
    const numbers = row.lists[index]!.map(numberAt)
    return {
      low,
      high,
      bound() {
        low.fill(numbers[here[index]!]!)
        high.set(low)
      },
      slope: () => slope({ base: numbers[here[index]!]! }),
      read: (begin, end, to) => void to.fill(numbers[here[index]!]!, 0, end - begin),
    }
  }
  const { bounds, data, within, rises, open } = tableOf(
    [index],
    1,
    (values) => [numberAt(values[index]!)],
    row,
  )
  open(here)
  const along = slope({ terms: [{ many: 1, first: 0, data: data[0]!, within }] })
  return {
    low,
    high,
    bound(level, first, last) {
      const { low: lows, high: highs, within: at } = bounds[level]!
      for (let branch = first; branch < last; branch++) {
        low[branch - first] = lows[0]![at[branch]!]!
        high[branch - first] = highs[0]![at[branch]!]!
      }
    },
    slope: () => (rises[0]![0] === 1 ? along : null),
    read(begin, end, to) {
      for (let each = begin; each < end; each++) to[each - begin] = data[0]![within[each]!]!
    },
  }
}

/** Of two things that are nowhere below 0. */
function product(a: Reading, b: Reading, leaf: number): Reading {
  const factors = new Float64Array(leaf)
  const { low, high } = ranges()
  return {
    low,
    high,
    bound(level, first, last) {
      a.bound(level, first, last)
      b.bound(level, first, last)
      for (let each = 0; each < last - first; each++) {
        low[each] = a.low[each]! * b.low[each]!
        high[each] = a.high[each]! * b.high[each]!
      }
    },
    slope() {
      const [left, right] = [a.slope(), b.slope()]
      if (!left || !right) return null
      if (right.terms.length === 0) return { ...left, factor: right.base }
      return slope({ at: (place) => valueAt(left, place) * valueAt(right, place) })
    },
    read(begin, end, to) {
      a.read(begin, end, to)
      b.read(begin, end, factors)
      for (let each = 0; each < end - begin; each++) to[each]! *= factors[each]!
    },
  }
}

/** What is computed from several sums: where it only grows or only falls with each of them, bounds follow from theirs. */
function compound(
  { read, columns, directions }: Reader,
  { settings, columns: all }: Family,
  { row, state, valuesAt, ...walker }: Walker,
): Reading {
  const sums = columns.map((column) => sumReading(column, walker))
  const numbers = columns.map(() => new Float64Array(row.leaf))
  const [least, most] = [new Float64Array(all.length), new Float64Array(all.length)]
  // What the workload is must be the same along the row.
  const grows = settings.slice(row.prefix).every(({ place }) => place.of !== 'workload')
  const { low, high } = ranges()
  low.fill(-Infinity)
  high.fill(Infinity)
  return {
    low,
    high,
    bound(level, first, last) {
      if (!directions || !grows) return
      for (const sum of sums) sum.bound(level, first, last)
      const values = valuesAt(0)
      for (let each = 0; each < last - first; each++) {
        for (const [index, column] of columns.entries()) {
          const [smaller, larger] = [sums[index]!.low[each]!, sums[index]!.high[each]!]
          least[column] = directions[index] === 1 ? smaller : larger
          most[column] = directions[index] === 1 ? larger : smaller
        }
        low[each] = read(least, values)
        high[each] = read(most, values)
      }
    },
    slope() {
      if (!grows || !directions?.every((direction) => direction === 1)) return null
      const slopes = sums.map((sum) => sum.slope())
      if (!slopes.every((each) => each !== null)) return null
      return slope({
        at(place) {
          for (const [index, column] of columns.entries())
            least[column] = valueAt(slopes[index]!, place)
          return read(least, valuesAt(place))
        },
      })
    },
    read(begin, end, to) {
      for (const [index, sum] of sums.entries()) sum.read(begin, end, numbers[index]!)
      for (let each = begin; each < end; each++) {
        if (state[each] !== 0) continue
        for (const [index, column] of columns.entries())
          least[column] = numbers[index]![each - begin]!
        to[each - begin] = read(least, valuesAt(each))
      }
    },
  }
}
