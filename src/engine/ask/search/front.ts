/** The Pareto front: designs that no other dominates, which is to be as good in every objective and better in one. */
import { bisect } from '../bisect.ts'

export interface Point {
  /** The design's place in the space. */
  place: number
  /** What is wanted, the smaller the better. */
  goals: readonly number[]
  /** How many designs have exactly these goals; the first of them stands for all. */
  equal: number
}

/** A growing front. Whatever the order in which points come, the same front results. */
export class Front {
  /** By the first goal, then the next. */
  private points: Point[] = []
  /** The point that was as good as a design last: it often is as good as the next. */
  private champion: Point | undefined

  /** @param goals are copied where they are kept */
  add(place: number, goals: ArrayLike<number>, equal = 1): void {
    const rival = this.rivalOf(goals)
    if (!rival) this.insert({ place, goals: Array.from(goals), equal })
    else if (isAsGood(goals, rival.goals)) {
      rival.place = Math.min(rival.place, place)
      rival.equal += equal
    }
  }

  sorted(): Point[] {
    return this.points
  }

  /** A point that is as good in every goal. */
  private rivalOf(goals: ArrayLike<number>): Point | undefined {
    if (this.champion && isAsGood(this.champion.goals, goals)) return this.champion
    // Those behind are worse in the first goal; of those before it, the nearest are the best in the others.
    for (let index = this.endOf(goals) - 1; index >= 0; index--) {
      const point = this.points[index]!
      if (isAsGood(point.goals, goals)) return (this.champion = point)
    }
    return undefined
  }

  /** How many points stand before these goals, or are the same. */
  private endOf(goals: ArrayLike<number>): number {
    const isBehind = (index: number): boolean => isBefore(goals, this.points[index]!.goals)
    return bisect(-1, this.points.length, isBehind)[1]
  }

  private insert(point: Point): void {
    const at = this.endOf(point.goals)
    // Points before it are better in some goal, so it dominates none of them.
    const behind = this.points.slice(at).filter(({ goals }) => !isAsGood(point.goals, goals))
    this.points = [...this.points.slice(0, at), point, ...behind]
    this.champion = undefined
  }
}

/** Whether the first goal that differs is smaller. */
function isBefore(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let index = 0; index < a.length; index++)
    if (a[index] !== b[index]) return a[index]! < b[index]!
  return false
}

/** Whether `a` is nowhere worse than `b`. */
function isAsGood(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let index = 0; index < a.length; index++) if (a[index]! > b[index]!) return false
  return true
}
