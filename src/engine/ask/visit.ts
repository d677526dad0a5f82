/**
 * Looks at a row branch by branch. Where bounds show that all designs of a branch meet a condition, that none does, or that a known
 * design beats each of them, that is said of all at once; only branches of which they do not are looked at more closely.
 */
import { decide, holds, leastMiss, missOf, type Relation } from './constraints.ts'
import type { Findings } from './findings.ts'
import type { Front } from './front.ts'
import type { Hunt } from './look.ts'
import { constant, readingOf, type Reading } from './readings.ts'
import { fan } from './row.ts'
import { duplicate, type Walker } from './walker.ts'

/** A stretch of a row. */
export interface Stretch {
  begin: number
  end: number
  /** The place in the space of the row's first design. */
  start: number
}

/** Adds what a stretch of the row holds that the walker is at. */
export type Visit = (stretch: Stretch, found: Findings, front: Front) => void

interface Condition {
  left: Reading
  right: Reading
  relation: Relation
  /** A number that what stands on its left must not pass, where it says that and no more. */
  most: number | null
  /** How many designs of a branch it left, when it last cut one off. */
  cut: number
  /** Its bit among those that are known to be met; beyond the last bit each branch asks anew. */
  bit: number
}

/** All conditions are met. */
const everything = -1

/** The state of a design that does not meet a condition. */
const ruledOut = 0xffff

/** How branches of one level stand that are looked at together. */
interface Standing {
  /** Designs that are not done with. */
  counts: Int32Array
  /** The bits of the conditions that all of them meet. */
  met: Int32Array
  /** Whether some condition is not decided. */
  open: Uint8Array
  /** Whether none of them can be on the front. */
  hopeless: Uint8Array
}

const standing = (): Standing => ({
  counts: new Int32Array(fan),
  met: new Int32Array(fan),
  open: new Uint8Array(fan),
  hopeless: new Uint8Array(fan),
})

export function visitorOf({ wanted, constraints, senses }: Hunt, walker: Walker): Visit {
  const { row, state } = walker
  const { levels, length } = row
  const readings = wanted.readers.map((reader) => readingOf(reader, wanted, walker))
  const wishes = readings.splice(0, senses.length)
  const signs = senses.map((sense) => (sense === 'minimise' ? 1 : -1))
  const conditions = constraints.map(({ relation, right }, index): Condition => ({
    relation,
    left: readings.shift()!,
    right: typeof right === 'number' ? constant(right) : readings.shift()!,
    most: typeof right === 'number' && (relation === '<=' || relation === '<') ? right : null,
    cut: 0,
    bit: index < 31 ? 1 << index : 0,
  }))
  const goals = new Float64Array(senses.length)
  const columns = senses.map(() => new Float64Array(row.leaf))
  const [lefts, rights] = [new Float64Array(row.leaf), new Float64Array(row.leaf)]
  /** By place, the places and the designs before it. */
  const places = Int32Array.from({ length: length + 1 }, (_, place) => place)
  const designs = new Int32Array(length + 1)
  let before: Int32Array = places
  const standings = levels.map(standing)
  let stretch: Stretch
  let found: Findings
  let front: Front

  return (next, to, points) => {
    ;[stretch, found, front] = [next, to, points]
    const isWhole = walker.isWhole() && next.begin === 0 && next.end === length
    before = isWhole ? places : countDesigns()
    found.designs += before[length]!
    visit(0, 0, 1, 0, false)
  }

  function countDesigns(): Int32Array {
    let count = 0
    for (let each = 0; each < length; each++) {
      designs[each] = count
      if (each < stretch.begin || each >= stretch.end) continue
      if (state[each] === 0) count++
      else refuse(found, walker, state[each]!, 1, stretch.start + each)
    }
    designs[length] = count
    return designs
  }

  /**
   * Looks at branches that follow each other, below one branch.
   * @param known the bits of the conditions that all their designs meet; `everything` where they are counted
   * @param beaten whether none of them can be on the front
   */
  function visit(level: number, first: number, last: number, known: number, beaten: boolean): void {
    const { begins, children } = levels[level]!
    const { counts, met, hopeless, open } = standings[level]!
    for (let branch = first; branch < last; branch++) {
      counts[branch - first] = before[begins[branch + 1]!]! - before[begins[branch]!]!
      met[branch - first] = known
      hopeless[branch - first] = open[branch - first] = 0
    }
    if (known !== everything) decideAll(level, first, last, known)
    if (!beaten) compete(level, first, last)
    for (let branch = first; branch < last; branch++) {
      const at = branch - first
      if (counts[at] === 0) continue
      const none = beaten || hopeless[at] !== 0
      if (none && met[at] === everything) continue
      if (level === levels.length - 1) lookInto(branch, met[at]!, none)
      else visit(level + 1, children[branch]!, children[branch + 1]!, met[at]!, none)
    }
  }

  /** Decides what conditions can be decided for all designs of each branch, and counts those that are done with. */
  function decideAll(level: number, first: number, last: number, known: number): void {
    const { counts, met, hopeless, open } = standings[level]!
    for (let index = 0; index < conditions.length; index++) {
      const { left, right, relation, bit } = conditions[index]!
      if ((known & bit) !== 0) continue
      left.bound(level, first, last)
      right.bound(level, first, last)
      const ruled = found.ruled_out[index]!
      for (let at = 0; at < last - first; at++) {
        // What one condition rules out comes no further.
        if (hopeless[at] !== 0 || counts[at] === 0) continue
        const decided = decide(relation, left, right, at)
        if (decided === true) met[at]! |= bit
        else if (
          decided === false &&
          !open[at] &&
          leastMiss(relation, left, right, at) >= ruled.miss
        ) {
          ruled.count += counts[at]!
          counts[at] = 0
        } else {
          open[at] = 1
          if (decided === false) hopeless[at] = 1
        }
      }
    }
    for (let at = 0; at < last - first; at++) {
      if (open[at] || counts[at] === 0) continue
      found.feasible += counts[at]!
      met[at] = everything
    }
  }

  /** Marks branches that hold nothing for the front. */
  function compete(level: number, first: number, last: number): void {
    const { counts, hopeless } = standings[level]!
    for (const wish of wishes) wish.bound(level, first, last)
    for (let at = 0; at < last - first; at++) {
      if (hopeless[at] !== 0 || counts[at] === 0) continue
      for (let index = 0; index < wishes.length; index++)
        goals[index] = signs[index] === 1 ? wishes[index]!.low[at]! : -wishes[index]!.high[at]!
      if (front.beats(goals)) hopeless[at] = 1
    }
  }

  function lookInto(branch: number, met: number, beaten: boolean): void {
    const { begins } = levels.at(-1)!
    const begin = Math.max(begins[branch]!, stretch.begin)
    let end = Math.min(begins[branch + 1]!, stretch.end)
    let count = before[end]! - before[begin]!
    if (met !== everything) {
      for (let index = 0; index < conditions.length && count > 0; index++) {
        const { left, most, bit } = conditions[index]!
        if ((met & bit) !== 0) continue
        if (most !== null && count === end - begin && left.isRising(branch)) {
          end = cutOff(index, begin, end)
          count = end - begin
        } else count -= ruleOut(index, begin, end)
      }
      found.feasible += count
    }
    if (beaten || count === 0) return
    if (count === end - begin && areBeaten(branch, begin, end)) return
    for (let index = 0; index < wishes.length; index++)
      wishes[index]!.read(begin, end, columns[index]!)
    for (let each = begin; each < end; each++) {
      if (state[each] !== 0) continue
      for (let index = 0; index < goals.length; index++)
        goals[index] = signs[index]! * columns[index]![each - begin]!
      front.add(stretch.start + each, goals)
    }
  }

  /** Whether a point beats all designs from one place to another, as far as what is wanted rises between them. */
  function areBeaten(branch: number, begin: number, end: number): boolean {
    for (let index = 0; index < wishes.length; index++) {
      const wish = wishes[index]!
      if (!wish.isRising(branch)) return false
      goals[index] = signs[index] === 1 ? wish.at(begin) : -wish.at(end - 1)
    }
    return front.beats(goals)
  }

  /** Counts the designs that are above a limit where what is limited rises. @returns where they begin */
  function cutOff(index: number, begin: number, end: number): number {
    const condition = conditions[index]!
    const { left, relation, most } = condition
    let [from, to] = [begin, end]
    // Where it was in the branch before is a good guess.
    let middle = Math.min(begin + condition.cut, end - 1)
    for (let probe = 0; from < to; probe++) {
      const value = left.at(middle)
      const met = relation === '<' ? value < most! : value <= most!
      if (met) from = middle + 1
      else to = middle
      middle = probe > 0 ? (from + to) >>> 1 : met ? from : to - 1
    }
    condition.cut = from - begin
    if (from === end) return end
    const ruled = found.ruled_out[index]!
    ruled.count += end - from
    keepNearest(ruled, missOf(relation, left.at(from), most!), stretch.start + from)
    return from
  }

  /** Marks the designs that do not meet a condition, and counts those that met all before it. @returns how many these are */
  function ruleOut(index: number, begin: number, end: number): number {
    const { left, right, relation } = conditions[index]!
    const ruled = found.ruled_out[index]!
    let count = 0
    left.read(begin, end, lefts)
    right.read(begin, end, rights)
    for (let each = begin; each < end; each++) {
      if (state[each] !== 0) continue
      const [value, against] = [lefts[each - begin]!, rights[each - begin]!]
      if (holds(relation, value, against)) continue
      state[each] = ruledOut
      count++
      const miss = missOf(relation, value, against)
      keepNearest(ruled, miss, stretch.start + each)
    }
    ruled.count += count
    return count
  }
}

function keepNearest(ruled: Findings['ruled_out'][number], miss: number, place: number): void {
  if (miss > ruled.miss || (miss === ruled.miss && place > ruled.place)) return
  ruled.miss = miss
  ruled.place = place
}

/** Counts designs that are none, or another one again. */
export function refuse(
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
