/** Two settings under one constraint, as a curve; and several settings that together bring several quantities to their targets. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { parseRange } from '../../vary/range.ts'
import { findSetting, type SettingValue } from '../../vary/setting.ts'
import { variation, type Design } from '../../vary/variation.ts'
import { refuseIdle } from '../family/unused-settings.ts'
import { parseMeasure } from '../quantity/measures.ts'
import { solve, type Solution, type SolveOptions, type Target } from './solve.ts'
import type { Axis } from '../sweep.ts'

export interface CurvePoint {
  /** Of the setting that walks. */
  along: SettingValue
  solution: Solution | null
  /** Why there is none. */
  problem?: ArchcostError
}

/**
 * For each value of one setting the value of another that keeps a quantity at its target: depth and width at fixed
 * parameters. Each point is solved when it is asked for.
 */
export function* solveCurve(
  design: Design,
  name: string,
  target: Target,
  along: Axis,
  options: SolveOptions = {},
): Generator<CurvePoint, void> {
  const setting = findSetting(design.architecture, along.setting)
  refuseIdle([setting], [parseMeasure(design.architecture, target.quantity)])
  const values = typeof along.values === 'string' ? parseRange(setting, along.values) : along.values
  for (const value of values) {
    const solution = attempt(() =>
      solve(design, name, target, { ...options, given: { [along.setting]: value } }),
    )
    if (solution instanceof ArchcostError) yield { along: value, solution: null, problem: solution }
    else yield { along: value, solution }
  }
}

const rounds = 40

/**
 * Solves for each setting in turn, the others where they are, until none moves any more: experts for a total and top-k for
 * an active budget. Of each setting no other value is nearer, the others staying.
 * @throws ArchcostError where they do not settle
 */
export function solveTogether(
  design: Design,
  wanted: readonly { setting: string; target: Target }[],
  options: SolveOptions = {},
): { solutions: Solution[]; design: Design } {
  const names = wanted.map(({ setting }) => setting)
  const values = [...variation(design, names, options.held).present]
  let before = ''
  for (let round = 0; round < rounds; round++) {
    const solutions = wanted.map(({ setting, target }, place) => {
      const others = names.flatMap((name, other) =>
        other === place ? [] : [[name, values[other]!]],
      )
      const given = Object.fromEntries(others) as Record<string, SettingValue>
      const solution = solve(design, setting, target, { ...options, given })
      values[place] = solution.value
      return solution
    })
    const now = JSON.stringify(values)
    // What the later settings did to the first quantities is counted in.
    if (now === before) return { solutions, design: solutions.at(-1)!.design }
    before = now
  }
  throw new ArchcostError(
    'invalid_workload',
    `they pull each other back and forth; fix one of them, or search`,
    wanted.map(({ setting }) => setting).join(),
  )
}
