/**
 * Exhaustive search of a grid. A design costs what its innermost setting changes; designs that cannot be built are counted
 * without being entered.
 */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { readFrom } from '../family/readers.ts'
import { holds, missOf } from '../quantity/constraints.ts'
import { noFindings, refuse, ruleOut, type Findings } from './findings.ts'
import { Front } from './front.ts'
import type { Problem } from './problem.ts'
import { shuffle } from './sample.ts'
import { goTo, isClosed, walkOf, type Walk } from './walk.ts'

/** Looks at the looks from `from` up to `to`. Findings of pieces, merged in any order, are those of the whole. */
export type Scan = (from: number, to: number) => Findings

export function scannerOf(problem: Problem): Scan {
  const { looks, total, seed, conditions } = problem
  const is_sample = looks < total
  const placeOf = is_sample ? shuffle(total, seed) : (look: number): number => look
  const walk = walkOf(problem)
  const judge = judgeOf(problem, walk)
  return (from, to) => {
    const found = noFindings(conditions.length)
    const front = new Front()
    for (let look = from; look < to;) {
      const place = placeOf(look)
      const level = goTo(walk, place)
      if (!isClosed(level)) {
        judge(place, found, front)
        look++
        continue
      }
      // What one loop settles, all designs inside share.
      const many = is_sample ? 1 : Math.min(to - look, level.size - (place % level.size))
      if (level.is_duplicate) found.duplicates += many
      else if (level.problem !== null) refuse(found, level.problem, many, place)
      look += many
    }
    return { ...found, looked: to - from, front: front.sorted() }
  }
}

/** Counts a design as one that a condition rules out, or else enters it for the front. */
function judgeOf(
  { conditions, objectives, order, refusing }: Problem,
  { levels, values }: Walk,
): (place: number, found: Findings, front: Front) => void {
  const { sums } = levels[order.length]!
  const goals = new Float64Array(objectives.length)
  return (place, found, front) => {
    for (const { read } of refusing) {
      const answer = attempt(() => read(sums, values))
      if (answer instanceof ArchcostError)
        return refuse(found, answer.path ?? answer.message, 1, place)
    }
    found.designs++
    for (let index = 0; index < conditions.length; index++) {
      const { left, right, times, relation } = conditions[index]!
      const value = readFrom(left, sums, values)
      const against = typeof right === 'number' ? right : times * readFrom(right, sums, values)
      if (holds(relation, value, against)) continue
      ruleOut(found.ruled_out[index]!, 1, missOf(relation, value, against), place)
      return
    }
    found.feasible++
    for (let index = 0; index < objectives.length; index++) {
      const { reader, sign } = objectives[index]!
      goals[index] = sign * readFrom(reader, sums, values)
    }
    front.add(place, goals)
  }
}
