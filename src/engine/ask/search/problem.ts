/** Search: of all designs of a space the ones that meet its conditions and that no other beats in all that is wanted. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { parseRange, parseValue } from '../../vary/range.ts'
import { findSetting, type Setting, type SettingValue } from '../../vary/setting.ts'
import { checkValue } from '../../vary/value.ts'
import { vary } from '../../vary/vary.ts'
import type { Design } from '../../vary/variation.ts'
import { parseQuantity } from '../../numbers.ts'
import { parseConstraint } from '../quantity/conditions.ts'
import { asker, family, type Family } from '../family/family.ts'
import type { Findings } from './findings.ts'
import { refuseIdle } from '../family/unused-settings.ts'
import { lookerOf, type Hunt, type LookAt } from './look.ts'
import type { Measure } from '../quantity/measures.ts'
import { digitsAt } from './row.ts'
import { shuffle } from './sample.ts'
import type { Space } from './space.ts'
import { twinsOf } from './symmetry.ts'

export interface Search {
  /** As the space calls what varies; what reaches the most comes first. */
  names: readonly string[]
  settings: readonly Setting[]
  /** The values of each setting; the last one walks fastest. */
  lists: readonly (readonly SettingValue[])[]
  /** Designs in the space. */
  total: number
  /** Designs that are looked at: all, or as many as are sampled. */
  looks: number
  constraints: readonly string[]
  goals: readonly { measure: Measure; sense: 'minimise' | 'maximise' }[]
  /** What is told of a design: goals, what conditions are about, and what else is to be shown. */
  told: readonly Measure[]
  /** Looks at the looks from `from` up to `to`. Findings of parts, merged in any order, are those of the whole. */
  run: (from: number, to: number) => Findings
  /** The values of a design's settings, what is told of it, and the design; or why it is none. */
  describe: (place: number) => Described
}

export interface Described {
  values: readonly SettingValue[]
  answers: readonly number[] | ArchcostError
  design: () => Design
}

/** @throws ArchcostError where the space names settings or quantities that the architecture does not have */
export function prepareSearch(space: Space): Search {
  const base = baseOf(space)
  const { architecture } = base
  const constraints = space.constraints.map((text) => parseConstraint(architecture, text))
  const sides = constraints.flatMap(({ left, right }) =>
    typeof right === 'number' ? [left] : [left, right],
  )
  const names = [
    ...space.minimise.map((name) => ({ name, sense: 'minimise' as const })),
    ...space.maximise.map((name) => ({ name, sense: 'maximise' as const })),
  ]
  const asking = [...names.map(({ name }) => name), ...sides]
  const varied = inOrder(
    family(base, Object.keys(space.vary), asking, space.hold),
    Object.keys(space.vary),
  )
  const wanted = family(base, varied, asking, space.hold)
  refuseIdle(wanted.settings, wanted.measures)
  const goals = names.map(({ sense }, index) => ({ measure: wanted.measures[index]!, sense }))
  const lists = wanted.settings.map((setting, index) =>
    readValues(setting, space.vary[varied[index]!]),
  )
  const total = lists.reduce((product, { length }) => product * length, 1)
  if (!Number.isSafeInteger(total))
    throw new ArchcostError(
      'invalid_workload',
      `is a space of ${total.toPrecision(3)} designs, more than can be counted; vary less`,
      'vary',
    )
  const looks = Math.min(total, readSamples(space.samples) ?? total)
  const placeOf = looks < total ? shuffle(total, space.seed) : (look: number): number => look
  const asked = wanted.measures.flatMap((measure) =>
    measure.of === 'setting' ? [measure.setting] : [],
  )
  const hunt: Hunt = {
    wanted,
    lists,
    constraints,
    senses: names.map(({ sense }) => sense),
    place_of: placeOf,
    by_rows: looks === total,
    // A scenario is asked of the first block of its kind, which tells twins apart.
    twins: wanted.measures.some(({ of }) => of === 'scenario') ? [] : twinsOf(wanted, lists, asked),
  }
  let looker: LookAt | undefined
  const teller = tellerOf(space, base, varied, wanted.measures)

  return {
    names: varied,
    settings: wanted.settings,
    lists,
    total,
    looks,
    constraints: space.constraints,
    goals,
    told: teller.measures,
    // Made when it is first needed: a shell that leaves the work to others has no use for tables.
    run: (from, to) => (looker ??= lookerOf(hunt))(from, to),
    describe: (place) => teller.describe(valuesAt(lists, place)),
  }
}

/** The design that all designs of the space are made from. */
function baseOf({ architecture, workload, set }: Space): Design {
  const read = (said: Readonly<Record<string, SettingValue>>): Record<string, SettingValue> =>
    Object.fromEntries(
      Object.entries(said).map(([name, value]) => [
        name,
        typeof value === 'string' ? parseValue(findSetting(architecture, name), value) : value,
      ]),
    )
  return vary({ architecture, workload: {} }, { ...read(workload), ...read(set) })
}

/** What reaches the fewest parts walks fastest: between two designs the least is computed again. */
function inOrder({ parts }: Family, names: readonly string[]): string[] {
  const reach = (index: number): number =>
    parts.filter(
      ({ depends, times_depend }) => depends.includes(index) || times_depend.includes(index),
    ).length
  return names
    .map((name, index) => ({ name, reach: reach(index) }))
    .toSorted((a, b) => b.reach - a.reach)
    .map(({ name }) => name)
}

function valuesAt(lists: readonly (readonly SettingValue[])[], place: number): SettingValue[] {
  const digits = digitsAt(lists, place)
  return lists.map((list, index) => list[digits[index]!]!)
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

/** Tells of single designs: what is wanted, what conditions are about, and what else is to be shown. */
function tellerOf(
  space: Space,
  base: Design,
  varied: readonly string[],
  measures: readonly Measure[],
): { measures: readonly Measure[]; describe: (values: readonly SettingValue[]) => Described } {
  const all = family(base, varied, [...measures, ...space.show], space.hold)
  // What varies is told by its value already.
  const own = new Set(all.settings.map(({ address }) => address))
  const further = all.measures.filter(
    (measure, index) =>
      !(measure.of === 'setting' && own.has(measure.setting.address)) &&
      all.measures.findIndex(({ name }) => name === measure.name) === index,
  )
  const told = family(base, varied, further, space.hold)
  const ask = asker(told)
  return {
    measures: told.measures,
    describe: (values) => ({ values, answers: ask(values), design: () => told.designAt(values) }),
  }
}
