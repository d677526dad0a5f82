/** Solve: which value of a setting brings a quantity to a target. */
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Setting, SettingValue } from '../../vary/setting.ts'
import type { Design } from '../../vary/variation.ts'
import { asker, costAt, family, refuseIdle, type Family } from '../family/family.ts'
import { findValue, type Answer, type Found, type Limits } from './find-value.ts'
import type { Side } from './locate.ts'
import { noValue, outOfReach, problemBeside, type Reached, type Target } from './refusals.ts'
import { readCost, type Measure } from '../quantity/measures.ts'

export type { Reached, Side, Target }

export interface SolveOptions extends Pick<Limits, 'from' | 'to'> {
  /** Only multiples of it; of each setting apart by its name, those left out having any value. */
  multiple_of?: number | Readonly<Record<string, number>>
  /** Settings that keep their present value and let what they determine follow. */
  held?: readonly string[]
  /** Settings that have another value, and neither move nor follow. */
  given?: Readonly<Record<string, SettingValue>>
  side?: Side
}

export interface Solution {
  setting: Setting
  /** All that have the value, that one first. */
  settings: readonly Setting[]
  value: SettingValue
  /** Every value from here to there gives the same. */
  same: Found['same']
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
  /** Why no other value makes a design, where none does. */
  alone: ArchcostError | null
  /** The least and the greatest answer there is. */
  range: { least: Reached; greatest: Reached }
  /** Where a sequence comes to more bytes on its way to the context that was found than it has there. */
  on_the_way: Reached | null
  design: Design
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
  const { held = [], given = {}, side = 'closest' } = options
  const names = typeof name === 'string' ? [name] : name
  const everywhere = (value: SettingValue): SettingValue[] => [
    ...names.map(() => value),
    ...Object.values(given),
  ]
  const varied = family(design, [...names, ...Object.keys(given)], [target.quantity], held)
  refuseIdle(varied.settings.slice(0, names.length), varied.measures)
  const setting = varied.settings[0]!
  const ask = asker(varied)
  const answer = (value: SettingValue): number | ArchcostError => {
    const found = ask(everywhere(value))
    return found instanceof ArchcostError ? found : found[0]!
  }
  const { from, to } = options
  const limits = { from, to, multiple_of: multipleFor(setting, names[0]!, options.multiple_of) }
  const found = findValue(setting, answer, varied.present[0]!, target.value, side, limits)
  if (found === null) throw noValue(setting, limits, answer)
  const { at, best, steady } = found
  const reached = (x: number): Reached => ({ value: at(x), answer: answer(at(x)) as number })
  const range = { least: reached(found.least), greatest: reached(found.greatest) }
  const measure = varied.measures[0]!
  const alone = found.alone ? problemBeside(setting, at(found.least), answer) : null
  if (best === null)
    throw outOfReach(setting, measure, target, side, range[side === 'below' ? 'least' : 'greatest'], alone) // prettier-ignore
  const value = at(best)
  const exact = exactAnswer(varied, everywhere(value), measure) ?? (answer(value) as number)
  const beyond = target.value < range.least.answer || target.value > range.greatest.answer
  return {
    setting,
    settings: varied.settings.slice(0, names.length),
    value,
    same: found.same,
    measure,
    target: target.value,
    answer: exact,
    residual: exact - target.value,
    solutions: found.crossings,
    steady,
    beyond,
    alone,
    range,
    on_the_way: steady ? null : mostOnTheWay(setting, measure, value, exact, answer, range),
    design: varied.designAt(everywhere(value)),
  }
}

/** Beyond so many tokens before its end no cache gives up what it holds: blocks that are compressed are shorter. */
const longestBlock = 4096

/** A cache that gives up what it has compressed holds more a little earlier, and every sequence passes through that. */
function mostOnTheWay(
  { address, kind }: Setting,
  { unit }: Measure,
  end: SettingValue,
  atEnd: number,
  answer: Answer,
  { greatest }: Solution['range'],
): Reached | null {
  if (address !== 'context' || kind !== 'whole' || unit !== 'byte') return null
  let most: Reached = { value: end, answer: atEnd }
  const look = (value: number): void => {
    const found = answer(value)
    if (!(found instanceof ArchcostError) && found > most.answer) most = { value, answer: found }
  }
  if (Number(greatest.value) < Number(end)) look(Number(greatest.value))
  for (let value = Math.max(1, Number(end) - longestBlock); value < Number(end); value++)
    look(value)
  return most.value === end ? null : most
}

/** Of an address the part that a name names: `d_ff` is meant of `ffn.d_ff`. */
function multipleFor(
  { address }: Setting,
  called: string,
  multiple_of: SolveOptions['multiple_of'],
): number | undefined {
  if (typeof multiple_of !== 'object') return multiple_of
  const names = Object.keys(multiple_of)
  const name = names.find(
    (each) => [called, address].includes(each) || address.endsWith(`.${each}`),
  )
  return name === undefined ? undefined : multiple_of[name]
}

/** The answer of `evaluate` itself, where the cost has the quantity. */
function exactAnswer(
  varied: Family,
  values: readonly SettingValue[],
  { name, of }: Measure,
): number | null {
  return of === 'sums' ? readCost(costAt(varied, values), name) : null
}
