/** A search: a space made ready, the scan through its designs, and what is told of single ones. */
import type { ArchcostError } from '../../../architecture/errors.ts'
import type { SettingValue } from '../../vary/setting.ts'
import type { Design } from '../../vary/variation.ts'
import type { Ask } from '../family/family.ts'
import { problemOf, type Problem } from './problem.ts'
import { scannerOf, type Scan } from './scan.ts'
import type { Space } from './space.ts'

export interface Search extends Problem {
  run: Scan
  /** Tells of the design at a place. */
  describe: (place: number) => Described
}

export interface Described {
  /** In the order of the space. */
  values: readonly SettingValue[]
  /** Of the measures that are told; or why there is no such design. */
  answers: readonly number[] | ArchcostError
  design: () => Design
}

/** @throws ArchcostError where the space names settings or quantities that the architecture does not have */
export function prepareSearch(space: Space): Search {
  const problem = problemOf(space)
  // Made when they are first needed: a shell that leaves the work to others has no use for tables.
  let scan: Scan | undefined
  let ask: Ask | undefined
  return {
    ...problem,
    run: (from, to) => (scan ??= scannerOf(problem))(from, to),
    describe(place) {
      const values = valuesAt(problem, place)
      const answers = (ask ??= problem.ask())(values)
      return { values, answers, design: () => problem.family.designAt(values) }
    },
  }
}

/** The innermost setting changes from one place to the next. */
function valuesAt({ lists, order }: Problem, place: number): SettingValue[] {
  const values: SettingValue[] = lists.map(() => null)
  let rest = place
  for (const setting of order.toReversed()) {
    const list = lists[setting]!
    values[setting] = list[rest % list.length]!
    rest = Math.floor(rest / list.length)
  }
  return values
}
