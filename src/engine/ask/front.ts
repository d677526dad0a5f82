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
  readonly points: Point[] = []
  /** The goals of the first point, which is the one that beat a design last. */
  private champion = new Float64Array(0)

  /** @param goals are copied where they are kept */
  add(place: number, goals: Float64Array, equal = 1): void {
    if (this.points.length > 0 && isBeaten(goals, this.champion)) return
    const { points } = this
    for (let index = 0; index < points.length; index++) {
      const point = points[index]!
      if (!isAsGood(point.goals, goals)) continue
      if (isAsGood(goals, point.goals)) {
        const first = Math.min(point.place, place)
        points[index] = { place: first, goals: point.goals, equal: point.equal + equal }
      } else if (index > 0) {
        // What beats one often beats the next.
        points[index] = points[0]!
        points[0] = point
        this.champion = Float64Array.from(point.goals)
      }
      return
    }
    let kept = 0
    for (const point of points) if (!isAsGood(goals, point.goals)) points[kept++] = point
    points.length = kept
    points.push({ place, goals: Array.from(goals), equal })
    this.champion = Float64Array.from(points[0]!.goals)
  }

  /** By the first goal, then the next. */
  sorted(): Point[] {
    return this.points.toSorted((a, b) => {
      const first = a.goals.findIndex((goal, index) => goal !== b.goals[index])
      return first < 0 ? a.place - b.place : a.goals[first]! - b.goals[first]!
    })
  }
}

/** Whether `champion` is nowhere worse, and somewhere better. */
function isBeaten(goals: Float64Array, champion: Float64Array): boolean {
  let better = false
  for (let index = 0; index < goals.length; index++) {
    const difference = goals[index]! - champion[index]!
    if (difference < 0) return false
    if (difference > 0) better = true
  }
  return better
}

/** Whether `a` is nowhere worse than `b`. */
function isAsGood(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let index = 0; index < a.length; index++) if (a[index]! > b[index]!) return false
  return true
}
