/** Designs that differ in a few settings: what they answer, computing again only what depends on a changed setting. */
import { ArchcostError } from '../../architecture/errors.ts'
import { prepare } from '../../architecture/prepare.ts'
import { evaluate } from '../evaluate.ts'
import type { Cost } from '../types.ts'
import { variation, type Design, type Variation } from '../vary/variation.ts'
import { parseMeasure, readCost, type Column, type Measure } from './measures.ts'
import { partsOf } from './parts.ts'
import type { Part, PartColumn, SettingColumn, Values } from './part.ts'

export interface Family extends Variation {
  measures: readonly Measure[]
  parts: readonly Part[]
  columns: readonly PartColumn[]
  /** The measures, from the columns' sums. */
  finish: (sums: readonly number[], values: Values) => number[]
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
  const readers = measures.map((measure): ((sums: readonly number[], values: Values) => number) => {
    if (measure.of === 'setting') return settingReader(varied, measure.setting, placeOf)
    const places = measure.columns.map((column) => placeOf({ of: 'sum', ...column }))
    return (sums, values) => {
      const workload = varied.workloadAt(values)
      return measure.read(
        measure.columns.map(
          (column, index) => sums[places[index]!]! * batchOf(column, workload.batch),
        ),
        workload,
      )
    }
  })
  const parts = partsOf(varied, columns)
  return {
    ...varied,
    measures,
    columns,
    parts,
    finish: (sums, values) => readers.map((reader) => reader(sums, values)),
  }
}

const batchOf = ({ per_sequence, at }: Column, batch: number): number =>
  per_sequence ? (at.batch ?? batch) : 1

function settingReader(
  varied: Variation,
  setting: Extract<Measure, { of: 'setting' }>['setting'],
  placeOf: (column: PartColumn) => number,
): (sums: readonly number[], values: Values) => number {
  const index = varied.settings.findIndex(({ address }) => address === setting.address)
  const { place } = setting
  if (place.of === 'block') {
    const column = placeOf({ of: 'setting', setting } as SettingColumn)
    return (sums) => sums[column]!
  }
  if (index >= 0) return (_sums, values) => Number(values[index] ?? Infinity)
  if (place.of === 'workload')
    return (_sums, values) => Number(varied.workloadAt(values)[place.key])
  const [value] = variationValue(varied, setting.address)
  return () => Number(value)
}

const variationValue = ({ base }: Variation, address: string): Values =>
  variation({ architecture: base, workload: {} }, [address]).present

/** Measures by values, or why there is no such design. */
export type Ask = (values: Values) => number[] | ArchcostError

/** Answers for one choice of values after another; what a changed setting does not reach is kept from the choice before. */
export function asker({ parts, columns, finish }: Family): Ask {
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
    return finish(sums, values)
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
function keep<Answer>(
  depends: readonly number[],
  answer: (values: Values) => Answer,
): (values: Values) => Answer | ArchcostError {
  let last: (Values[number] | undefined)[] | undefined
  let kept: Answer | ArchcostError
  return (values) => {
    if (last && depends.every((index, place) => values[index] === last![place])) return kept
    last = depends.map((index) => values[index])
    kept = attempt(() => answer(values))
    return kept
  }
}

/** What `make` makes, or the ArchcostError that it throws. */
export function attempt<Made>(make: () => Made): Made | ArchcostError {
  try {
    return make()
  } catch (error) {
    if (error instanceof ArchcostError) return error
    throw error
  }
}

/** The whole cost of the design at some values, as `evaluate` gives it. */
export function costAt({ designAt }: Variation, values: Values): Cost {
  const { architecture, workload } = designAt(values)
  return evaluate(prepare(architecture), workload)
}

export { readCost }
