/** Looks at a stretch of a search's designs and tells what was found. */
import type { SettingValue } from '../vary/setting.ts'
import { holds, missOf, type Constraint } from './constraints.ts'
import type { Family } from './family.ts'
import { noFindings, type Findings } from './findings.ts'
import { Front } from './front.ts'
import type { Twins } from './symmetry.ts'
import type { Run } from './row-sums.ts'
import { duplicate, walkerOf, type Walker } from './walker.ts'

/** A search made ready: its measures are the goals, and then what stands on the sides of its conditions. */
export interface Hunt {
  wanted: Family
  lists: readonly (readonly SettingValue[])[]
  constraints: readonly Constraint[]
  senses: readonly ('minimise' | 'maximise')[]
  /** The place in the space of what is looked at next. */
  place_of: (look: number) => number
  /** Whether places are looked at in order. */
  by_rows: boolean
  twins: readonly Twins[]
}

/** Looks at the looks from `from` up to `to`; what one stretch has computed the next need not compute again. */
export type LookAt = (from: number, to: number) => Findings

/** A stretch of a row. */
interface Stretch {
  begin: number
  end: number
  /** The place in the space of the row's first design. */
  start: number
}

export function lookerOf(hunt: Hunt): LookAt {
  const { wanted, lists, constraints, senses, place_of, by_rows, twins } = hunt
  const walker = walkerOf(wanted, lists, twins, by_rows)
  const runOf = runReader(wanted, walker)
  const checks = conditionsOf(constraints, senses.length)
  // Designs below each level stand or fall together.
  const below = [...lists.keys(), lists.length].map((level) =>
    lists.slice(level).reduce((product, { length }) => product * length, 1),
  )

  return (from, to) => {
    const found = noFindings(constraints.length)
    const front = new Front()
    for (let look = from; look < to;) {
      const place = place_of(look)
      const refused = walker.goTo(digitsAt(lists, place))
      if (refused) {
        // What one level settles, all designs below it share.
        const size = below[refused.level]!
        const many = by_rows ? Math.min(to - look, size - (place % size)) : 1
        refuse(found, walker, refused.state, many, place)
        look += many
        continue
      }
      const begin = by_rows ? place % walker.length : 0
      const stretch = {
        begin,
        end: Math.min(walker.length, begin + to - look),
        start: place - begin,
      }
      look += stretch.end - begin
      let left = countDesigns(found, walker, stretch)
      // What a condition leaves nothing of is not added up any further.
      for (let index = 0; index < checks.length && left > 0; index++)
        left -= ruleOut(found.ruled_out[index]!, checks[index]!, runOf, walker.state, stretch)
      if (left > 0) addToFront(front, senses, runOf, walker.state, stretch)
      found.feasible += left
    }
    return { ...found, looked: to - from, front: front.sorted() }
  }
}

/** The state of a design that does not meet a condition. */
const ruledOut = 0xffff

function refuse(
  found: Findings,
  walker: Walker,
  state: number,
  count: number,
  place: number,
): void {
  if (state === duplicate) {
    found.duplicates += count
    return
  }
  const problem = walker.problemOf(state)
  const known = found.unbuildable.get(problem)
  found.unbuildable.set(
    problem,
    known ? { count: known.count + count, place: Math.min(known.place, place) } : { count, place },
  )
}

/** @returns how many there are */
function countDesigns(found: Findings, walker: Walker, { begin, end, start }: Stretch): number {
  let count = end - begin
  if (!walker.isWhole()) {
    const { state } = walker
    for (let each = begin; each < end; each++) {
      if (state[each] === 0) continue
      count--
      refuse(found, walker, state[each]!, 1, start + each)
    }
  }
  found.designs += count
  return count
}

interface Check {
  left: number
  right: number | { measure: number }
  constraint: Constraint
}

/** For each condition the measures on its sides, by their places. */
function conditionsOf(constraints: readonly Constraint[], first: number): Check[] {
  let next = first
  return constraints.map((constraint) => ({
    constraint,
    left: next++,
    right: typeof constraint.right === 'number' ? constraint.right : { measure: next++ },
  }))
}

type RunOf = (measure: number) => Run

/** Marks the designs that do not meet a condition, and counts those that met all before it. @returns how many these are */
function ruleOut(
  ruled: Findings['ruled_out'][number],
  { left, right, constraint: { relation } }: Check,
  runOf: RunOf,
  state: Uint16Array,
  stretch: Stretch,
): number {
  const { begin, end, start } = stretch
  // By far the most conditions are limits, and most designs are compared with a few.
  if (typeof right === 'number' && (relation === '<=' || relation === '>='))
    return limit(ruled, runOf(left), relation === '<=' ? 1 : -1, right, state, stretch)
  let count = 0
  const [run, other] = [runOf(left), typeof right === 'number' ? null : runOf(right.measure)]
  for (let each = begin; each < end; each++) {
    if (state[each] !== 0) continue
    const value = run.numbers[Math.floor(each / run.repeat)]!
    const against =
      other === null ? (right as number) : other.numbers[Math.floor(each / other.repeat)]!
    if (holds(relation, value, against)) continue
    state[each] = ruledOut
    count++
    keepNearest(ruled, missOf(relation, value, against), start + each)
  }
  ruled.count += count
  return count
}

/** As `ruleOut`, for what must not be above (sign 1) or below (-1) a number. */
function limit(
  ruled: Findings['ruled_out'][number],
  { numbers, repeat }: Run,
  sign: 1 | -1,
  most: number,
  state: Uint16Array,
  { begin, end, start }: Stretch,
): number {
  let count = 0
  let nearest = Infinity
  let place = 0
  const last = Math.ceil(end / repeat)
  for (let group = Math.floor(begin / repeat); group < last; group++) {
    const over = sign * (numbers[group]! - most)
    if (over <= 0) continue
    const to = Math.min(end, (group + 1) * repeat)
    for (let each = Math.max(begin, group * repeat); each < to; each++) {
      if (state[each] !== 0) continue
      state[each] = ruledOut
      count++
      if (over >= nearest) continue
      nearest = over
      place = start + each
    }
  }
  if (count === 0) return 0
  ruled.count += count
  keepNearest(ruled, missOf('<=', most + nearest, most), place)
  return count
}

function keepNearest(ruled: Findings['ruled_out'][number], miss: number, place: number): void {
  if (miss > ruled.miss || (miss === ruled.miss && place > ruled.place)) return
  ruled.miss = miss
  ruled.place = place
}

function addToFront(
  front: Front,
  senses: Hunt['senses'],
  runOf: RunOf,
  state: Uint16Array,
  { begin, end, start }: Stretch,
): void {
  const runs = senses.map((_, index) => runOf(index))
  const signs = senses.map((sense) => (sense === 'minimise' ? 1 : -1))
  const goals = new Float64Array(senses.length)
  for (let each = begin; each < end; each++) {
    if (state[each] !== 0) continue
    for (let index = 0; index < runs.length; index++) {
      const { numbers, repeat } = runs[index]!
      goals[index] = signs[index]! * numbers[repeat === 1 ? each : (each / repeat) | 0]!
    }
    front.add(start + each, goals)
  }
}

/** Reads a measure along a row. */
function runReader({ readers, columns }: Family, walker: Walker): RunOf {
  const rows = readers.map(() => new Float64Array(walker.length))
  const scratch = new Float64Array(columns.length)
  return (measure) => {
    const [{ read, sum }, row] = [readers[measure]!, rows[measure]!]
    if (sum) {
      const { numbers, repeat } = walker.sumsOf(sum.column)
      if (sum.factor === 1) return { numbers, repeat }
      if (typeof sum.factor === 'number') {
        for (let each = 0; each < numbers.length; each++) row[each] = numbers[each]! * sum.factor
        return { numbers: row.subarray(0, numbers.length), repeat }
      }
      const factors = walker.settingAlong(sum.factor.index)
      for (let each = 0; each < row.length; each++)
        row[each] = numbers[Math.floor(each / repeat)]! * factors[each]!
      return { numbers: row, repeat: 1 }
    }
    const runs = columns.map((_, column) => walker.sumsOf(column))
    for (let each = 0; each < row.length; each++) {
      if (walker.state[each] !== 0) continue
      runs.forEach(
        ({ numbers, repeat }, column) => (scratch[column] = numbers[Math.floor(each / repeat)]!),
      )
      row[each] = read(scratch, walker.valuesAt(each))
    }
    return { numbers: row, repeat: 1 }
  }
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
