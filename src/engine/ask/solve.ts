/** Solve: which value of a setting brings a quantity to a target. */
import { ArchcostError } from '../../architecture/errors.ts'
import { formatExact } from '../numbers.ts'
import type { Setting, SettingValue } from '../vary/setting.ts'
import type { Design } from '../vary/variation.ts'
import { asker, costAt, family, readCost, type Family } from './family.ts'
import { locate, type Located, type Side } from './locate.ts'
import type { Measure } from './measures.ts'
import { fromList, indexUpTo, legalPoints, type Points } from './points.ts'
import { locateReal } from './real.ts'

export type { Side }

export interface Target {
  /** `params.total`, `cache.bytes at 128k`, `memory.bytes`. */
  quantity: string
  value: number
}

export interface SolveOptions {
  /** Settings that keep their present value and let what they determine follow. */
  held?: readonly string[]
  side?: Side
  /** Only multiples of it. */
  multiple_of?: number
  from?: number
  to?: number
}

export interface Solution {
  setting: Setting
  /** All that have the value, that one first. */
  settings: readonly Setting[]
  value: SettingValue
  /** Every value from here to there gives the same. */
  same: { from: number; to: number } | null
  measure: Measure
  target: number
  answer: number
  /** The answer less the target. */
  residual: number
  /** How often the quantity passes the target. */
  solutions: number
  /** Whether the quantity rises or falls steadily with the setting. */
  steady: boolean
  /** Whether the target lies beyond all values, which come no nearer. */
  beyond: boolean
  /** The least and the greatest answer there is. */
  range: { least: Reached; greatest: Reached }
  design: Design
}
export interface Reached {
  value: SettingValue
  answer: number
}

/**
 * The value of a setting for which a quantity is nearest to its target, on one side of it if wanted. Values are whole, and
 * divisible where the design needs it; no other that makes a design is nearer.
 * @param name a setting, or several that have the same value
 * @throws ArchcostError where the design has no such setting or quantity, or no value is on the side that is wanted
 */
export function solve(
  design: Design,
  name: string | readonly string[],
  target: Target,
  options: SolveOptions = {},
): Solution {
  const { held = [], side = 'closest', multiple_of: unit = 1 } = options
  const names = typeof name === 'string' ? [name] : name
  const everywhere = (value: SettingValue): SettingValue[] => names.map(() => value)
  const varied = family(design, names, [target.quantity], held)
  const setting = varied.settings[0]!
  const ask = asker(varied)
  const answer = (value: SettingValue): number | ArchcostError => {
    const found = ask(everywhere(value))
    return found instanceof ArchcostError ? found : found[0]!
  }
  const found =
    setting.kind === 'number'
      ? solveReal(setting, answer, target.value, side, varied.present[0]!, options)
      : solveInPoints(
          pointsFor(setting, answer, varied.present[0]!, { ...options, multiple_of: unit }),
          answer,
          target.value,
          side,
          Number(varied.present[0]),
        )
  if (found === null) throw noValue(setting, options, answer)
  const { located, at } = found
  const reached = (place: number): Reached => ({
    value: at(place),
    answer: answer(at(place)) as number,
  })
  const range = { least: reached(located.least), greatest: reached(located.greatest) }
  const measure = varied.measures[0]!
  if (located.best === null)
    throw outOfReach(
      setting,
      measure,
      target,
      side,
      side === 'below' ? range.least : range.greatest,
    )
  const value = at(located.best)
  const exact = exactAnswer(varied, everywhere(value), measure) ?? (answer(value) as number)
  const beyond = target.value < range.least.answer || target.value > range.greatest.answer
  return {
    setting,
    settings: varied.settings,
    value,
    same: found.same,
    measure,
    target: target.value,
    answer: exact,
    residual: exact - target.value,
    solutions: located.crossings,
    steady: located.steady,
    beyond,
    range,
    design: varied.designAt(everywhere(value)),
  }
}

/** The answer of `evaluate` itself, where the cost has the quantity. */
function exactAnswer(
  varied: Family,
  values: readonly SettingValue[],
  { name, of }: Measure,
): number | null {
  return of === 'sums' ? readCost(costAt(varied, values), name) : null
}

interface Found {
  located: Located
  /** The value at a place. */
  at: (place: number) => SettingValue
  same: Solution['same']
}
type Answer = (value: SettingValue) => number | ArchcostError

function pointsFor(
  setting: Setting,
  answer: Answer,
  present: SettingValue,
  { multiple_of = 1, from, to }: SolveOptions,
): {
  points: Points
  at: (place: number) => SettingValue
  relist?: (around: number, step: number) => Points | null
} | null {
  const legal = (value: SettingValue): boolean => !(answer(value) instanceof ArchcostError)
  if (setting.kind === 'flag' || setting.kind === 'choice') {
    const all: SettingValue[] = (setting.kind === 'flag' ? [false, true] : [...setting.of]).filter(
      legal,
    )
    return all.length === 0
      ? null
      : { points: fromList([...all.keys()]), at: (place) => all[place]! }
  }
  const bounds = {
    min: Math.max(setting.min, from ?? -Infinity),
    max: Math.min(setting.max, to ?? Infinity),
    multiple_of,
  }
  const points = legalPoints(typeof present === 'number' ? present : 1024, bounds, legal)
  return (
    points && {
      points,
      at: points.at,
      relist: (around, step) => offGrid(around, step, points, bounds, legal),
    }
  )
}

/** Points around a value that the equal distances leave out; null where there are none. */
function offGrid(
  around: number,
  step: number,
  points: Points,
  { min, max, multiple_of }: { min: number; max: number; multiple_of: number },
  legal: (value: number) => boolean,
): Points | null {
  const between: number[] = []
  for (let value = around - step + multiple_of; value < around + step; value += multiple_of)
    if (value !== around && value >= min && value <= max && legal(value)) between.push(value)
  if (between.length === 0) return null
  const near = [around - step, around, around + step].filter(
    (value) => value >= points.at(0) && value <= points.at(points.count - 1),
  )
  return fromList([...between, ...near].toSorted((a, b) => a - b))
}

function solveInPoints(
  search: ReturnType<typeof pointsFor>,
  answer: Answer,
  target: number,
  side: Side,
  present: number,
): Found | null {
  if (search === null || search.points.count === 0) return null
  const { points, at, relist } = search
  const f = (place: number): number => answer(at(place)) as number
  const home = Number.isNaN(present) ? 0 : Math.max(0, indexUpTo(points, present))
  const located = locate(f, points.count, target, side, home)
  if (located.best === null) return { located, at, same: null }
  const denser =
    points.step !== null && points.step > 1 && relist
      ? relist(points.at(located.best), points.step)
      : null
  if (denser) return solveInPoints({ points: denser, at: denser.at }, answer, target, side, present)
  return { located, at, same: sameAround(f, located.best, points) }
}

/** The stretch of values that give the same as the one at a place. */
function sameAround(
  f: (place: number) => number,
  place: number,
  { count, at }: Points,
): Solution['same'] {
  const reach = (direction: 1 | -1): number => {
    const limit = direction === 1 ? count - 1 - place : place
    const same = (distance: number): boolean => f(place + direction * distance) === f(place)
    let far = 1
    while (far <= limit && same(far)) far *= 2
    let [low, high] = [Math.floor(far / 2), Math.min(far, limit + 1)]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (same(middle)) low = middle
      else high = middle
    }
    return place + direction * low
  }
  const [from, to] = [reach(-1), reach(1)]
  return from === to ? null : { from: at(from), to: at(to) }
}

function solveReal(
  setting: Setting,
  answer: Answer,
  target: number,
  side: Side,
  present: SettingValue,
  { from, to }: SolveOptions,
): Found | null {
  const f = (value: number): number => {
    const found = answer(value)
    return found instanceof ArchcostError ? NaN : found
  }
  const found = locateReal(
    f,
    Math.max(setting.min, from ?? -Infinity),
    Math.min(setting.max, to ?? Infinity),
    target,
    side,
    Number(present),
  )
  return found && { located: found.located, at: (place) => found.values[place]!, same: found.same }
}

function noValue(
  { address, min, max }: Setting,
  { from = min, to = max, multiple_of = 1 }: SolveOptions,
  answer: Answer,
): ArchcostError {
  if (Math.ceil(from / multiple_of) * multiple_of > to)
    return new ArchcostError(
      'invalid_workload',
      `there is no multiple of ${formatExact(multiple_of)} from ${formatExact(from)} to ${formatExact(to)}`,
      address,
    )
  const problem = answer(from)
  const why = problem instanceof ArchcostError ? `; with ${from}, ${problem.message}` : ''
  return new ArchcostError(
    'invalid_workload',
    `no value from ${formatExact(from)} to ${formatExact(to)} makes a design${why}`,
    address,
  )
}

function outOfReach(
  { address }: Setting,
  { name }: Measure,
  { value }: Target,
  side: Side,
  nearest: Reached,
): ArchcostError {
  return new ArchcostError(
    'invalid_workload',
    `no value brings ${name} ${side === 'below' ? 'down' : 'up'} to ${formatExact(value)}; the nearest is ${address} ${String(nearest.value)}, which gives ${formatExact(nearest.answer)}`,
    address,
  )
}
