/** What a search has found so far: mergeable in any order, and plain data, so that it passes between workers and into files. */
import type { ArchcostError } from '../../../architecture/errors.ts'
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
  ruled_out: RuledOut[]
  front: Point[]
}

export interface Refusal {
  count: number
  /** The first such design, or the nearest miss. */
  place: number
}

export interface RuledOut extends Refusal {
  /** Of the nearest miss, relative to what is wanted. */
  miss: number
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

/** Counts a design that cannot be built, by the address of what is wrong. */
export const refuse = ({ unbuildable }: Findings, problem: ArchcostError, place: number): void =>
  countRefused(unbuildable, problem.path ?? problem.message, { count: 1, place })

function countRefused(
  unbuildable: Findings['unbuildable'],
  problem: string,
  { count, place }: Refusal,
): void {
  const known = unbuildable.get(problem)
  if (!known) unbuildable.set(problem, { count, place })
  else {
    known.count += count
    known.place = Math.min(known.place, place)
  }
}

/** Counts designs that a condition rules out, and remembers the nearest miss, of equal ones the first. */
export function ruleOut(ruled: RuledOut, count: number, miss: number, place: number): void {
  ruled.count += count
  if (miss > ruled.miss || (miss === ruled.miss && place > ruled.place)) return
  ruled.miss = miss
  ruled.place = place
}

/** The findings of two pieces of one space as those of both. */
export function mergeFindings(a: Findings, b: Findings): Findings {
  const merged: Findings = {
    looked: a.looked + b.looked,
    designs: a.designs + b.designs,
    feasible: a.feasible + b.feasible,
    duplicates: a.duplicates + b.duplicates,
    unbuildable: new Map(),
    ruled_out: a.ruled_out.map((each) => ({ ...each })),
    front: [],
  }
  for (const [problem, refusal] of [...a.unbuildable, ...b.unbuildable])
    countRefused(merged.unbuildable, problem, refusal)
  merged.ruled_out.forEach((ruled, index) => {
    const { count, miss, place } = b.ruled_out[index]!
    ruleOut(ruled, count, miss, place)
  })
  const front = new Front()
  for (const { place, goals, equal } of [...a.front, ...b.front]) front.add(place, goals, equal)
  return { ...merged, front: front.sorted() }
}
