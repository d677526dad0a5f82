/** A space made ready to be searched: its family of designs, the lists to go through, what is wanted and what must be met. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { parseQuantity } from '../../read-number.ts'
import { parseRange, parseValue } from '../../vary/range.ts'
import { findSetting, type Setting, type SettingValue } from '../../vary/setting.ts'
import { checkValue } from '../../vary/value.ts'
import { vary } from '../../vary/vary.ts'
import type { Design } from '../../vary/variation.ts'
import { asker, family, refuseIdle, type Ask, type Family } from '../family/family.ts'
import { parseConstraint, relations, type Constraint } from '../quantity/constraints.ts'
import { parseMeasure, type Measure } from '../quantity/measures.ts'
import type { Space } from './space.ts'
import { symmetriesOf, type Symmetry } from './symmetry.ts'

/** Settings are named by their index, and listed as the space lists them. */
export interface Problem {
  /** With what is wanted and the sides of conditions as its measures. */
  family: Family
  /** What varies, as the space calls it. */
  names: readonly string[]
  /** The values of each setting. */
  lists: readonly (readonly SettingValue[])[]
  /** The settings from the outermost loop to the innermost. */
  order: readonly number[]
  /** Designs in the space, and how many of them are looked at: all, or a sample drawn by the seed. */
  total: number
  looks: number
  seed: number
  objectives: readonly Objective[]
  conditions: readonly Condition[]
  /** What is derived for each condition and for none before it, and last for no condition. */
  derives: readonly Family['derived'][]
  symmetries: readonly Symmetry[]
  /** What is told of designs: objectives, sides of conditions, and what else is to be shown. */
  told: readonly Measure[]
  /** Answers all that is told, or other quantities instead. */
  ask: (instead?: readonly string[]) => Ask
}

export interface Objective {
  /** Which number of a design it is. */
  at: number
  /** 1 where little of it is wanted, -1 where much is. */
  sign: 1 | -1
}

export interface Condition extends Pick<Constraint, 'text' | 'relation' | 'times'> {
  /** Which numbers of a design are compared; null where the right side is `times` alone. */
  left: number
  right: number | null
  holds: (left: number, right: number) => boolean
}

/** @throws ArchcostError where the space names settings or quantities that the architecture does not have */
export function problemOf(space: Space): Problem {
  const base = baseOf(space)
  const names = Object.keys(space.vary)
  const read = (text: string): Measure => parseMeasure(base.architecture, text)
  const constraints = space.constraints.map((text) => parseConstraint(base.architecture, text))
  const asked = [
    ...[...space.minimise, ...space.maximise].map(read),
    ...constraints.flatMap(({ left, right }) =>
      typeof right === 'number' ? [left] : [left, right],
    ),
  ]
  const whole = family(base, names, asked, space.hold)
  refuseIdle(whole.settings, asked)
  const lists = whole.settings.map((setting, index) =>
    readValues(setting, space.vary[names[index]!]),
  )
  const [order, total] = [orderOf(whole), sizeOf(lists)]
  const places = whole.places.values()
  const next = (): number => places.next().value!
  const told = toldOf(whole, space.show.map(read))
  const objectives = [
    ...space.minimise.map((): Objective => ({ at: next(), sign: 1 })),
    ...space.maximise.map((): Objective => ({ at: next(), sign: -1 })),
  ]
  const conditions = constraints.map(({ text, relation, right, times }): Condition => ({
    text,
    relation,
    holds: relations[relation],
    left: next(),
    ...(typeof right === 'number' ? { times: right, right: null } : { times, right: next() }),
  }))
  return {
    family: whole,
    names,
    lists,
    order,
    total,
    looks: Math.min(total, readSamples(space.samples) ?? total),
    seed: space.seed,
    objectives,
    conditions,
    derives: [...conditions.keys(), -1].map((index) =>
      whole.derived.filter(
        ({ place }) =>
          conditions.findIndex(({ left, right }) => left === place || right === place) === index,
      ),
    ),
    symmetries: symmetriesOf(whole, order, lists, asked),
    told,
    ask: (instead) => asker(family(base, names, instead ?? told, space.hold)),
  }
}

/** The design that all designs of the space are made from. */
function baseOf({ architecture, workload, deployment, set }: Space): Design {
  const read = (said: Readonly<Record<string, SettingValue>>): Record<string, SettingValue> =>
    Object.fromEntries(
      Object.entries(said).map(([name, value]) => [
        name,
        typeof value === 'string' ? parseValue(findSetting(architecture, name), value) : value,
      ]),
    )
  const { weights, ...settings } = workload
  const start = { architecture, workload: weights === undefined ? {} : { weights }, deployment }
  return vary(start, { ...read(settings as Record<string, SettingValue>), ...read(set) })
}

/** What reaches the fewest terms is innermost: between two designs the least is computed again. */
function orderOf({ settings, terms }: Family): number[] {
  const reach = (setting: number): number =>
    terms.filter(
      ({ depends, times_depend }) => depends.includes(setting) || times_depend.includes(setting),
    ).length
  return [...settings.keys()].toSorted((a, b) => reach(b) - reach(a))
}

function sizeOf(lists: Problem['lists']): number {
  const total = lists.reduce((product, { length }) => product * length, 1)
  if (Number.isSafeInteger(total)) return total
  throw new ArchcostError(
    'invalid_workload',
    `is a space of ${total.toPrecision(3)} designs, more than can be counted; vary less`,
    'vary',
  )
}

function readValues(setting: Setting, said: Space['vary'][string] | undefined): SettingValue[] {
  const each = Array.isArray(said) ? said : [said as SettingValue]
  return [
    ...new Set(
      each.flatMap((value): SettingValue[] => {
        if (typeof value === 'string') return parseRange(setting, value)
        checkValue(setting, value)
        return [value]
      }),
    ),
  ]
}

function readSamples(samples: Space['samples']): number | undefined {
  if (samples === undefined) return undefined
  const count = typeof samples === 'string' ? parseQuantity(samples).value : samples
  if (!Number.isSafeInteger(count) || count < 1)
    throw new ArchcostError(
      'invalid_workload',
      `${samples} is given, but a whole number of at least 1 is expected`,
      'samples',
    )
  return count
}

/** Once each, and without what varies: that is told by its value already. */
const toldOf = ({ measures, settings }: Family, shown: readonly Measure[]): Measure[] =>
  [...measures, ...shown].filter(
    (each, index, all) =>
      all.findIndex(({ name }) => name === each.name) === index &&
      !(each.of === 'setting' && settings.some(({ address }) => address === each.setting.address)),
  )
