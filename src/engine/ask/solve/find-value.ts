/** The value of one setting whose answer is nearest to a target, among those that make a design. */
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Setting, SettingValue } from '../../vary/setting.ts'
import { lineOfPoints, lineOfReal } from './lines.ts'
import { locate, type Line, type Located, type Side, type Stretch } from './locate.ts'
import { fromList, legalPoints } from './points.ts'

export interface Limits {
  /** Only multiples of it. */
  multiple_of?: number | undefined
  from?: number | undefined
  to?: number | undefined
}
export interface Found extends Located {
  /** The value at a place on the line. */
  at: (x: number) => SettingValue
  /** Whether there is no other value. */
  alone: boolean
}
export type Answer = (value: SettingValue) => number | ArchcostError

/** @returns null where no value makes a design */
export function findValue(
  setting: Setting,
  answer: Answer,
  present: SettingValue,
  target: number,
  side: Side,
  limits: Limits,
): Found | null {
  const { at, line, home } = lineOf(setting, answer, present, limits)
  if (line === null) return null
  const found = locate(answersAt(answer, at), line, target, side, home)
  const { best, same } = found
  const is_stretch = same !== null && same.from !== same.to && hasOrder(setting)
  return {
    ...found,
    // Rounding makes steps of equal answers.
    best: is_stretch && setting.kind === 'number' ? shortestIn(same, best!, home) : best,
    same: is_stretch ? same : null,
    at,
    alone: line.coarse.length === 1,
  }
}

const hasOrder = ({ kind }: Setting): boolean => kind !== 'flag' && kind !== 'choice'

const answersAt =
  (answer: Answer, at: Found['at']) =>
  (x: number): number => {
    const found = answer(at(x))
    return found instanceof ArchcostError ? NaN : found
  }

/** The line of values, null where none makes a design, and where on it the design stands. */
function lineOf(
  setting: Setting,
  answer: Answer,
  present: SettingValue,
  { multiple_of = 1, from = -Infinity, to = Infinity }: Limits,
): { line: Line | null; at: Found['at']; home: number } {
  const isLegal = (value: SettingValue): boolean => !(answer(value) instanceof ArchcostError)
  const home = Number(present) || 0
  if (!hasOrder(setting)) {
    const all = (setting.kind === 'flag' ? [false, true] : [...setting.of]).filter(isLegal)
    const points = fromList([...all.keys()])
    const line = all.length === 0 ? null : lineOfPoints(points, home, 1, () => false)
    return { line, at: (x) => all[x]!, home }
  }
  const at = (x: number): number => x
  const [min, max] = [Math.max(setting.min, from), Math.min(setting.max, to)]
  if (setting.kind === 'number')
    return { line: lineOfReal(answersAt(answer, at), min, max, home), at, home }
  const start = typeof present === 'number' ? present : 1024
  const points = legalPoints(start, { min, max, multiple_of }, isLegal)
  const isWithin = (value: number): boolean => value >= min && value <= max && isLegal(value)
  const line = points && lineOfPoints(points, home, multiple_of, isWithin)
  return { line, at, home }
}

/** The shortest number on a step, about the present value where it is there, else about its middle. */
function shortestIn({ from, to }: Stretch, value: number, home: number): number {
  const middle = (from + to) / 2
  for (let digits = 1; digits <= 17; digits++)
    for (const each of value === home ? [value, middle] : [middle]) {
      const short = Number(each.toPrecision(digits))
      if (short >= from && short <= to) return short
    }
  return value
}
