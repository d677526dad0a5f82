/** A space made ready to be searched: its family of designs, the lists to go through, what is wanted and what must be met. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { parseQuantity } from '../../numbers.ts'
import { parseRange, parseValue } from '../../vary/range.ts'
import { findSetting, type Setting, type SettingValue } from '../../vary/setting.ts'
import { checkValue } from '../../vary/value.ts'
import { vary } from '../../vary/vary.ts'
import type { Design } from '../../vary/variation.ts'
import { family, type Family, type Reader } from '../family/family.ts'
import type { Term } from '../family/term.ts'
import { refuseIdle } from '../family/unused-settings.ts'
import { parseConstraint, type Constraint } from '../quantity/constraints.ts'
import type { Measure } from '../quantity/measures.ts'
import type { Space } from './space.ts'
import { symmetriesOf, type Symmetry } from './symmetry.ts'

/** Settings are named by their index, and listed as the space lists them. */
export interface Problem {
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
  /** Readers of scenarios, which may refuse a design. */
  refusing: readonly Reader[]
  symmetries: readonly Symmetry[]
  /** The terms of the family that objectives and conditions are read from. */
  terms: readonly Term[]
  /** What is told of a design, among the family's measures: objectives, sides of conditions, what else is shown. */
  shown: readonly number[]
}

export interface Objective {
  reader: Reader
  /** 1 where little of it is wanted, -1 where much is. */
  sign: 1 | -1
}

export interface Condition extends Omit<Constraint, 'left' | 'right'> {
  left: Reader
  right: Reader | number
}

/** @throws ArchcostError where the space names settings or quantities that the architecture does not have */
export function problemOf(space: Space): Problem {
  const base = baseOf(space)
  const names = Object.keys(space.vary)
  const constraints = space.constraints.map((text) => parseConstraint(base.architecture, text))
  const wanted = [...space.minimise, ...space.maximise]
  const asked = [...wanted, ...constraints.flatMap(sidesOf)]
  const whole = family(base, names, [...asked, ...space.show], space.hold)
  const measures = whole.measures.slice(0, asked.length)
  const readers = whole.readers.slice(0, asked.length)
  refuseIdle(whole.settings, measures)
  const lists = whole.settings.map((setting, index) =>
    readValues(setting, space.vary[names[index]!]),
  )
  const needed = termsFor(whole, readers)
  const order = orderOf(names, needed)
  const total = sizeOf(lists)
  const sides = readers.slice(wanted.length)
  return {
    family: whole,
    names,
    lists,
    order,
    total,
    looks: Math.min(total, readSamples(space.samples) ?? total),
    seed: space.seed,
    objectives: readers.slice(0, wanted.length).map((reader, index) => ({
      reader,
      sign: index < space.minimise.length ? 1 : -1,
    })),
    conditions: constraints.map(({ right, ...each }) => ({
      ...each,
      left: sides.shift()!,
      right: typeof right === 'number' ? right : sides.shift()!,
    })),
    refusing: readers.filter(({ may_refuse }) => may_refuse),
    symmetries: symmetriesOf(whole, order, lists, measures),
    terms: needed,
    shown: shownOf(whole),
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

const sidesOf = ({ left, right }: Constraint): Measure[] =>
  typeof right === 'number' ? [left] : [left, right]

/** A term without columns is no sum, but says whether there is such a design. */
function termsFor({ terms }: Family, readers: readonly Reader[]): Term[] {
  const needed = new Set(readers.flatMap(({ columns }) => columns))
  return terms.filter(
    ({ columns }) => columns.length === 0 || columns.some((column) => needed.has(column)),
  )
}

/** What reaches the fewest terms is innermost: between two designs the least is computed again. */
function orderOf(names: readonly string[], terms: readonly Term[]): number[] {
  const reach = (setting: number): number =>
    terms.filter(
      ({ depends, times_depend }) => depends.includes(setting) || times_depend.includes(setting),
    ).length
  return [...names.keys()].toSorted((a, b) => reach(b) - reach(a))
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
function shownOf({ measures, settings }: Family): number[] {
  const varied = new Set(settings.map(({ address }) => address))
  return [...measures.keys()].filter((index) => {
    const measure = measures[index]!
    return (
      !(measure.of === 'setting' && varied.has(measure.setting.address)) &&
      measures.findIndex(({ name }) => name === measure.name) === index
    )
  })
}
