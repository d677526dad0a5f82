/** The Pareto front: designs that no other beats in everything that is wanted. */

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
  /** The goals of all points, one point after another. */
  private goals = new Float64Array(0)
  /** The point that was as good as a design last: it often is as good as the next. */
  private champion = 0

  /** @param goals are copied where they are kept */
  add(place: number, goals: Float64Array, equal = 1): void {
    const rival = this.rivalOf(goals)
    if (rival < 0) return this.insert({ place, goals: Array.from(goals), equal })
    if (this.leadOf(rival, goals) > 0) return
    const known = this.points[rival]!
    const first = Math.min(known.place, place)
    this.points[rival] = { place: first, goals: known.goals, equal: known.equal + equal }
  }

  /** Whether a point beats whatever is nowhere better than these goals. */
  beats(goals: Float64Array): boolean {
    const rival = this.rivalOf(goals)
    return rival >= 0 && this.leadOf(rival, goals) > 0
  }

  sorted(): Point[] {
    return this.points
  }

  /** A point that is nowhere worse, or -1. */
  private rivalOf(goals: Float64Array): number {
    const { champion, points } = this
    if (champion < points.length && this.leadOf(champion, goals) >= 0) return champion
    for (let index = this.endOf(goals) - 1; index >= 0; index--) {
      if (this.leadOf(index, goals) >= 0) {
        this.champion = index
        return index
      }
      // Of two goals, those before it are worse in the second.
      if (goals.length === 2) return -1
    }
    return -1
  }

  /** How many points are no worse in the first goal: those behind them are. */
  private endOf(goals: Float64Array): number {
    let [from, to] = [0, this.points.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.goals[middle * goals.length]! <= goals[0]!) from = middle + 1
      else to = middle
    }
    return from
  }

  /** Of a point against goals: 1 where it is nowhere worse and somewhere better, 0 where they are equal, else -1. */
  private leadOf(point: number, goals: Float64Array): -1 | 0 | 1 {
    let lead: 0 | 1 = 0
    for (let index = 0, at = point * goals.length; index < goals.length; index++, at++) {
      const [own, other] = [this.goals[at]!, goals[index]!]
      if (own > other) return -1
      if (own < other) lead = 1
    }
    return lead
  }

  private insert(point: Point): void {
    const { goals } = point
    const { points } = this
    const from = points.findIndex((other) => isBefore(goals, other.goals))
    const at = from < 0 ? points.length : from
    // Points before it are better in some goal, so it beats none of them.
    const behind = points.slice(at).filter((other) => !isAsGood(goals, other.goals))
    points.length = at
    points.push(point, ...behind)
    const needed = points.length * goals.length
    if (this.goals.length < needed) {
      const larger = new Float64Array(2 * needed)
      larger.set(this.goals)
      this.goals = larger
    }
    for (let index = at; index < points.length; index++)
      for (let goal = 0; goal < goals.length; goal++)
        this.goals[index * goals.length + goal] = points[index]!.goals[goal]!
  }
}

/** Whether the first goal that differs is smaller. */
function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const first = a.findIndex((goal, index) => goal !== b[index])
  return a[first]! < b[first]!
}

/** Whether `a` is nowhere worse than `b`. */
const isAsGood = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((goal, index) => goal <= b[index]!)
