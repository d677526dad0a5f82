/**
 * Looks at a row branch by branch. Where bounds show that all designs of a branch meet a condition, that none does, or that a known
 * design beats each of them, that is said of all at once; only branches of which they do not are looked at more closely.
 */
import { aimAtBounds, aimsOf, everything, noteSlopes, type Sight, type Stretch } from './aims.ts'
import { decide, leastMiss } from '../quantity/conditions.ts'
import { noFindings, type Findings } from './findings.ts'
import { Front } from './front.ts'
import { leafLooker } from './leaves.ts'
import type { Hunt } from './look.ts'
import { fan } from './row.ts'
import { duplicate, type Walker } from './walker.ts'

/** Adds what a stretch of the row holds that the walker is at. */
export type Visit = (stretch: Stretch, found: Findings, front: Front) => void

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

export function visitorOf(hunt: Hunt, walker: Walker): Visit {
  const { row, state } = walker
  const { levels, length } = row
  const aims = aimsOf(hunt, walker)
  const { wishes, conditions } = aims
  const goals = new Float64Array(wishes.length)
  /** By place, the places and the designs before it. */
  const places = Int32Array.from({ length: length + 1 }, (_, place) => place)
  const designs = new Int32Array(length + 1)
  const standings = levels.map(standing)
  const sight: Sight = {
    begin: 0,
    end: 0,
    start: 0,
    before: places,
    found: noFindings(conditions.length),
    front: new Front(),
  }
  const lookAtLeaves = leafLooker(aims, walker, sight)

  return (stretch, found, front) => {
    Object.assign(sight, stretch, { found, front })
    const isWhole = walker.isWhole() && sight.begin === 0 && sight.end === length
    sight.before = isWhole ? places : countDesigns()
    found.designs += sight.before[length]!
    noteSlopes(aims)
    visit(0, 0, 1, 0, false)
  }

  function countDesigns(): Int32Array {
    let count = 0
    for (let each = 0; each < length; each++) {
      designs[each] = count
      if (each < sight.begin || each >= sight.end) continue
      if (state[each] === 0) count++
      else refuse(sight.found, walker, state[each]!, 1, sight.start + each)
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
    if (level === levels.length - 1) return lookAtLeaves(first, last, known, beaten)
    const { begins, children } = levels[level]!
    const { before } = sight
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
      visit(level + 1, children[branch]!, children[branch + 1]!, met[at]!, none)
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
      const ruled = sight.found.ruled_out[index]!
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
      sight.found.feasible += counts[at]!
      met[at] = everything
    }
  }

  /** Marks branches that hold nothing for the front. */
  function compete(level: number, first: number, last: number): void {
    const { counts, hopeless } = standings[level]!
    for (const { reading } of wishes) reading.bound(level, first, last)
    for (let at = 0; at < last - first; at++) {
      if (hopeless[at] !== 0 || counts[at] === 0) continue
      aimAtBounds(wishes, at, goals)
      if (sight.front.beats(goals)) hopeless[at] = 1
    }
  }
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
