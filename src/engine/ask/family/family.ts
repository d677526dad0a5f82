/** Designs that differ in a few settings: what they answer, computing again only what depends on a changed setting. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { prepare } from '../../../architecture/check.ts'
import { evaluate } from '../../evaluate.ts'
import type { Cost } from '../../types.ts'
import { readAt } from '../../vary/path.ts'
import type { Setting } from '../../vary/setting.ts'
import { variation, type Design, type Variation } from '../../vary/variation.ts'
import type { Direction } from '../quantity/directions.ts'
import { parseMeasure, readCost, type Measure } from '../quantity/measures.ts'
import { partsOf } from './terms.ts'
import {
  levelOf,
  remembered,
  type Part,
  type PartColumn,
  type SettingColumn,
  type Values,
} from './term.ts'

export interface Family extends Variation {
  measures: readonly Measure[]
  parts: readonly Part[]
  columns: readonly PartColumn[]
  /** Of the measures, in order. */
  readers: readonly Reader[]
}

/**
 * @param names settings that vary
 * @param asked what is asked of the designs, by text or already read
 * @throws ArchcostError where the design has no such settings or quantities
 */
export function family(
  design: Design,
  names: readonly string[],
  asked: readonly (string | Measure)[],
  held: readonly string[] = [],
): Family {
  const varied = variation(design, names, held)
  const measures = asked.map((each) =>
    typeof each === 'string' ? parseMeasure(varied.model.architecture, each) : each,
  )
  const columns: PartColumn[] = []
  const placeOf = (column: PartColumn): number => {
    const known = columns.findIndex((each) => JSON.stringify(each) === JSON.stringify(column))
    return known >= 0 ? known : columns.push(column) - 1
  }
  const batch = batchOf(varied)
  const checks: Part[] = []
  const readers = measures.map((measure): Reader => {
    if (measure.of === 'scenario') {
      measure.columns.forEach((column) => placeOf({ of: 'sum', ...column }))
      const depends = [...varied.settings.keys()]
      const answer = remembered(depends, (values) => measure.read(varied.designAt(values)))
      checks.push(checkOf(depends, answer))
      return { columns: [], read: (_sums, values) => answer(values) }
    }
    if (measure.of === 'setting') return settingReader(varied, measure.setting, placeOf)
    const factors = measure.columns.map(({ per_sequence, at }) =>
      !per_sequence ? 1 : at.batch === undefined ? batch : at.batch,
    )
    const places = measure.columns.map((column) => placeOf({ of: 'sum', ...column }))
    const times = (factor: number | { index: number }, values: Values): number =>
      typeof factor === 'number' ? factor : (values[factor.index] as number)
    if (measure.is_sum) {
      const [column, factor] = [places[0]!, factors[0]!]
      return {
        columns: [column],
        factor,
        read: (sums, values) => sums[column]! * times(factor, values),
      }
    }
    const factored = (sums: ArrayLike<number>, values: Values): number[] =>
      places.map((place, index) => sums[place]! * times(factors[index]!, values))
    return {
      columns: places,
      ...(measure.directions && { directions: measure.directions }),
      read: (sums, values) => measure.read(factored(sums, values), varied.workloadAt(values)),
    }
  })
  // So that of two things that are wrong everyone meets the same one first.
  const parts = [...partsOf(varied, columns), ...checks].toSorted((a, b) => levelOf(a) - levelOf(b))
  return { ...varied, measures, columns, parts, readers }
}

/** Adds to nothing, but has no answer where a scenario refuses a design: there is no such design. */
const checkOf = (depends: readonly number[], answer: (values: Values) => number): Part => ({
  columns: [],
  depends,
  answers: (values) => {
    answer(values)
    return []
  },
  times: () => 1,
  times_depend: [],
})

export interface Reader {
  /** The columns that it is read from. */
  columns: readonly number[]
  /** The measure, from the columns' sums. */
  read: (sums: ArrayLike<number>, values: Values) => number
  /** Where it is one column's sum times a number, or times a setting that varies. */
  factor?: number | { index: number }
  /** Where it is a setting that varies, its place. */
  setting?: number
  /** Where it only grows (1) or only falls (-1) with each of its columns. */
  directions?: readonly Direction[]
}

/** The batch, or its place among the settings that vary. */
function batchOf({ settings, workloadAt, present }: Variation): number | { index: number } {
  const index = settings.findIndex(({ place }) => place.of === 'workload' && place.key === 'batch')
  return index < 0 ? workloadAt(present).batch : { index }
}

function settingReader(
  varied: Variation,
  setting: Setting,
  placeOf: (column: PartColumn) => number,
): Reader {
  const index = varied.settings.findIndex(({ address }) => address === setting.address)
  if (index >= 0)
    return {
      columns: [],
      setting: index,
      read: (_sums, values) => Number(values[index] ?? Infinity),
    }
  const { place } = setting
  if (place.of === 'block') {
    const column = placeOf({ of: 'setting', setting } as SettingColumn)
    return { columns: [column], factor: 1, read: (sums) => sums[column]! }
  }
  if (place.of === 'workload')
    return {
      columns: [],
      directions: [],
      read: (_sums, values) => Number(varied.workloadAt(values)[place.key]),
    }
  const value = Number(readAt(varied.base, place.path))
  return { columns: [], directions: [], read: () => value }
}

/** Measures by values, or why there is no such design. */
export type Ask = (values: Values) => number[] | ArchcostError

/** Answers for one choice of values after another; what a changed setting does not reach is kept from the choice before. */
export function asker({ parts, columns, readers }: Family): Ask {
  const kept = parts.map((part) => ({
    part,
    times: keep(part.times_depend, part.times),
    answers: keep(part.depends, part.answers),
  }))
  return (values) => {
    const sums = columns.map(({ of }) => (of === 'setting' ? NaN : 0))
    for (const { part, times, answers } of kept) {
      const many = times(values)
      if (many instanceof ArchcostError) return many
      if (many === 0) continue
      const found = answers(values)
      if (found instanceof ArchcostError) return found
      addTo(sums, part, found, many)
    }
    return attempt(() => readers.map(({ read }) => read(sums, values)))
  }
}

export function addTo(
  sums: number[],
  { columns, is_setting }: Part,
  answers: readonly number[],
  times: number,
): void {
  for (let index = 0; index < columns.length; index++) {
    const [column, answer] = [columns[index]!, answers[index]!]
    if (!is_setting) sums[column]! += times * answer
    else if (!Number.isNaN(answer)) sums[column] = answer
  }
}

/** As `remembered`, for what may fail: the failure is an answer as well. */
const keep = <Answer>(
  depends: readonly number[],
  answer: (values: Values) => Answer,
): ((values: Values) => Answer | ArchcostError) =>
  remembered(depends, (values) => attempt(() => answer(values)))

/** The whole cost of the design at some values, as `evaluate` gives it. */
export function costAt({ designAt }: Variation, values: Values): Cost {
  const { architecture, workload } = designAt(values)
  return evaluate(prepare(architecture), workload)
}

export { attempt, readCost }
