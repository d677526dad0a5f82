/** The value of one setting whose answer is nearest to a target, among those that make a design. */
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Setting, SettingValue } from '../../vary/setting.ts'
import { locate, type Located, type Side } from './nearest.ts'
import { fromList, indexUpTo, legalPoints, type Points } from './legal-values.ts'
import { locateReal } from './nearest-real.ts'

export interface Limits {
  /** Only multiples of it. */
  multiple_of?: number
  from?: number
  to?: number
}
export interface Found {
  located: Located
  /** The value at a place. */
  at: (place: number) => SettingValue
  /** Every value from here to there gives the same. */
  same: { from: number; to: number } | null
  /** Whether there is no other value. */
  alone: boolean
}
export type Answer = (value: SettingValue) => number | ArchcostError

/** @returns null where no value makes a design */
export const findValue = (
  setting: Setting,
  answer: Answer,
  present: SettingValue,
  target: number,
  side: Side,
  limits: Limits,
): Found | null =>
  setting.kind === 'number'
    ? solveReal(setting, answer, target, side, present, limits)
    : solveInPoints(
        pointsFor(setting, answer, present, limits),
        answer,
        target,
        side,
        Number(present),
      )

function pointsFor(
  setting: Setting,
  answer: Answer,
  present: SettingValue,
  { multiple_of = 1, from, to }: Limits,
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
  const nearest = (place: number): number => {
    const [from, to] = stretch(f, place, points.count)
    return Math.min(Math.max(home, from), to)
  }
  const ends = { least: nearest(located.least), greatest: nearest(located.greatest) }
  const found = { located: { ...located, ...ends }, at, same: null, alone: points.count === 1 }
  if (located.best === null) return found
  const denser =
    points.step !== null && points.step > 1 && relist
      ? relist(points.at(located.best), points.step)
      : null
  if (denser) return solveInPoints({ points: denser, at: denser.at }, answer, target, side, present)
  const [from, to] = stretch(f, located.best, points.count).map(at) as [SettingValue, SettingValue]
  // Flags and choices have no order.
  if (from === to || typeof from !== 'number' || typeof to !== 'number') return found
  return { ...found, same: { from, to } }
}

/** The first and the last place of those around one that give the same. */
function stretch(f: (place: number) => number, place: number, count: number): [number, number] {
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
  return [reach(-1), reach(1)]
}

function solveReal(
  setting: Setting,
  answer: Answer,
  target: number,
  side: Side,
  present: SettingValue,
  { from, to }: Limits,
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
  return (
    found && {
      located: found.located,
      at: (place) => found.values[place]!,
      same: found.same,
      alone: false,
    }
  )
}
