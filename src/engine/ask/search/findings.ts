/** What a search has found so far: mergeable in any order, and plain data, so that it passes between workers and into files. */
import { Front, type Point } from './front.ts'

export interface Findings {
  /** Designs looked at, those that cannot be built and duplicates among them. */
  looked: number
  /** Designs that can be built, each counted once. */
  designs: number
  /** Those that meet every condition. */
  feasible: number
  /** Designs that another one equals but for the order of alike blocks. */
  duplicates: number
  /** Designs that cannot be built, by the address of what is wrong. */
  unbuildable: Map<string, Refusal>
  /** For each condition what it is the first to rule out. */
  ruled_out: (Refusal & { /** Of the nearest miss, relative to what is wanted. */ miss: number })[]
  front: Point[]
}

export interface Refusal {
  count: number
  /** The first such design, or the nearest miss. */
  place: number
}

export function noFindings(constraints: number): Findings {
  return {
    looked: 0,
    designs: 0,
    feasible: 0,
    duplicates: 0,
    unbuildable: new Map(),
    ruled_out: Array.from({ length: constraints }, () => ({ count: 0, place: 0, miss: Infinity })),
    front: [],
  }
}

/** The findings of two parts of one space as those of both. */
export function mergeFindings(a: Findings, b: Findings): Findings {
  const unbuildable = new Map(a.unbuildable)
  for (const [problem, { count, place }] of b.unbuildable) {
    const known = unbuildable.get(problem)
    unbuildable.set(
      problem,
      known
        ? { count: known.count + count, place: Math.min(known.place, place) }
        : { count, place },
    )
  }
  const front = new Front()
  for (const { place, goals, equal } of [...a.front, ...b.front])
    front.add(place, Float64Array.from(goals), equal)
  return {
    looked: a.looked + b.looked,
    designs: a.designs + b.designs,
    feasible: a.feasible + b.feasible,
    duplicates: a.duplicates + b.duplicates,
    unbuildable,
    ruled_out: a.ruled_out.map((left, index) => {
      const right = b.ruled_out[index]!
      const nearer =
        right.miss < left.miss || (right.miss === left.miss && right.place < left.place)
          ? right
          : left
      return { ...nearer, count: left.count + right.count }
    }),
    front: front.sorted(),
  }
}
