/** Two settings under one constraint, as a curve; and several settings that together bring several quantities to their targets. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { parseRange } from '../../vary/range.ts'
import { findSetting, type SettingValue } from '../../vary/setting.ts'
import { variation, type Design } from '../../vary/variation.ts'
import { refuseIdle } from '../family/family.ts'
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

export interface Wanted {
  setting: string
  target: Target
}

export interface SolvedTogether {
  /** In the order of the settings. */
  solutions: Solution[]
  design: Design
}

/**
 * Settings that together bring quantities to their targets: experts for a total and top-k for an active budget. Which setting
 * is for which target is tried in every way, those given first, and the nearest counts; so no order of words matters.
 * @throws ArchcostError where they settle in no way
 */
export function solveTogether(
  design: Design,
  wanted: readonly Wanted[],
  options: SolveOptions = {},
): SolvedTogether {
  const targets = permutations(wanted.map(({ target }) => target))
  const ways = targets.map((each) => {
    const pairs = wanted.map(({ setting }, index) => ({ setting, target: each[index]! }))
    return attempt(() => settle(design, pairs, options))
  })
  const [first] = ways
  const settled = ways.flatMap((way) => (way instanceof ArchcostError ? [] : [way]))
  if (settled.length === 0) throw first as ArchcostError
  return settled.reduce((best, way) => (missOf(way) < missOf(best) ? way : best))
}

const missOf = ({ solutions }: SolvedTogether): number =>
  solutions.reduce(
    (sum, { residual, target }) => sum + Math.abs(residual) / Math.max(1, Math.abs(target)),
    0,
  )

const permutations = <Of>(all: readonly Of[]): Of[][] =>
  all.length === 0
    ? [[]]
    : all.flatMap((first, index) =>
        permutations(all.toSpliced(index, 1)).map((rest) => [first, ...rest]),
      )

const rounds = 40

/**
 * Solves for each setting in turn, by their names, the others where they are, until none moves any more. Of each setting no
 * other value is nearer, the others staying.
 * @throws ArchcostError where they do not settle
 */
function settle(design: Design, wanted: readonly Wanted[], options: SolveOptions): SolvedTogether {
  const names = wanted.map(({ setting }) => setting)
  const values = new Map(
    variation(design, names, options.held).present.map((value, index) => [names[index]!, value]),
  )
  const inTurn = wanted.toSorted((a, b) => (a.setting < b.setting ? -1 : 1))
  let before = ''
  for (let round = 0; round < rounds; round++) {
    const solutions = new Map<string, Solution>()
    for (const { setting, target } of inTurn) {
      const given = Object.fromEntries([...values].filter(([name]) => name !== setting))
      const solution = solve(design, setting, target, { ...options, given })
      solutions.set(setting, solution)
      values.set(setting, solution.value)
    }
    const now = JSON.stringify([...values])
    // What the later settings did to the first quantities is counted in.
    if (now === before)
      return {
        solutions: names.map((name) => solutions.get(name)!),
        design: solutions.get(inTurn.at(-1)!.setting)!.design,
      }
    before = now
  }
  throw new ArchcostError(
    'invalid_workload',
    `they pull each other back and forth; fix one of them, or search`,
    names.join(),
  )
}
