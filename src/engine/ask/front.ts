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

  /** @param goals are copied where they are kept */
  add(place: number, goals: ArrayLike<number>, equal = 1): void {
    const { points } = this
    for (let index = 0; index < points.length; index++) {
      const point = points[index]!
      const relation = compare(point.goals, goals)
      if (relation === 'equal') {
        points[index] = {
          place: Math.min(point.place, place),
          goals: point.goals,
          equal: point.equal + equal,
        }
        return
      }
      if (relation === 'better') {
        // What beats one often beats the next.
        if (index > 0) [points[0], points[index]] = [point, points[0]!]
        return
      }
    }
    let kept = 0
    for (const point of points) if (compare(point.goals, goals) !== 'worse') points[kept++] = point
    points.length = kept
    points.push({ place, goals: Array.from(goals), equal })
  }

  /** By the first goal, then the next. */
  sorted(): Point[] {
    return this.points.toSorted((a, b) => {
      const first = a.goals.findIndex((goal, index) => goal !== b.goals[index])
      return first < 0 ? a.place - b.place : a.goals[first]! - b.goals[first]!
    })
  }
}

/** What `a` is to `b`: better where it is nowhere worse and somewhere better. */
function compare(
  a: readonly number[],
  b: ArrayLike<number>,
): 'better' | 'worse' | 'equal' | 'neither' {
  let [better, worse] = [false, false]
  for (let index = 0; index < a.length; index++) {
    if (a[index]! < b[index]!) better = true
    else if (a[index]! > b[index]!) worse = true
    if (better && worse) return 'neither'
  }
  return better ? 'better' : worse ? 'worse' : 'equal'
}
