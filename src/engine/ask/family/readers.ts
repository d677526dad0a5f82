/** Measures as they are read from the sums of a family. */
import { presentValue } from '../../vary/present.ts'
import { readAt } from '../../vary/path.ts'
import type { Setting } from '../../vary/setting.ts'
import type { Variation } from '../../vary/variation.ts'
import type { Measure, SumsMeasure } from '../quantity/measures.ts'
import type { ScenarioMeasure } from '../quantity/scenario-measure.ts'
import type { Column } from './columns.ts'
import { remembered, type Values } from './term.ts'

export interface Reader {
  /** The columns that it is read from, by place among those of the family. */
  columns: readonly number[]
  /** The measure, from the sums of all columns. @throws ArchcostError where a scenario refuses the design */
  read: (sums: ArrayLike<number>, values: Values) => number
  /** Where it is one column as it stands, its place; else -1. */
  column: number
  may_refuse?: true
}

/** The measure; of most, without a call. */
export const readFrom = ({ column, read }: Reader, sums: Float64Array, values: Values): number =>
  column >= 0 ? sums[column]! : read(sums, values)

/** The place of a column among those of the family, which it joins. */
export type ColumnOf = (column: Column) => number

export function readerOf(measure: Measure, varied: Variation, columnOf: ColumnOf): Reader {
  switch (measure.of) {
    case 'sums':
      return sumsReader(measure, varied, columnOf)
    case 'setting':
      return settingReader(measure.setting, varied, columnOf)
    case 'scenario':
      return scenarioReader(measure, varied, columnOf)
  }
}

function scenarioReader(measure: ScenarioMeasure, varied: Variation, columnOf: ColumnOf): Reader {
  const { columns, totals, read } = measure
  const readers = totals.map(({ name, ...sums }): [string, Reader] => [
    name,
    sumsReader({ of: 'sums', is_sum: false, ...sums }, varied, columnOf),
  ])
  let sums: ArrayLike<number> = []
  const answer = remembered([...varied.settings.keys()], (values) =>
    read(
      varied.designAt(values),
      Object.fromEntries(readers.map(([name, reader]) => [name, reader.read(sums, values)])),
    ),
  )
  return {
    columns: [columns.map(columnOf), ...readers.map(([, reader]) => reader.columns)].flat(),
    column: -1,
    read(now, values) {
      sums = now
      return answer(values)
    },
    may_refuse: true,
  }
}

function sumsReader(
  { columns: asked, read, is_sum }: SumsMeasure,
  varied: Variation,
  columnOf: ColumnOf,
): Reader {
  const columns = asked.map(columnOf)
  const parts = asked.map((column, index): Reader['read'] => {
    const place = columns[index]!
    if (column.of === 'workload' || !column.per_sequence) return (sums) => sums[place]!
    const batch = batchOf(column.at.batch, varied)
    return typeof batch === 'number'
      ? (sums) => sums[place]! * batch
      : (sums, values) => sums[place]! * Number(values[batch.setting])
  })
  const [first] = parts
  const [column] = asked
  const is_plain =
    column?.of !== 'sum' || !column.per_sequence || batchOf(column.at.batch, varied) === 1
  if (is_sum && first) return { columns, column: is_plain ? columns[0]! : -1, read: first }
  return {
    columns,
    column: -1,
    read: (sums, values) => read(parts.map((part) => part(sums, values))),
  }
}

/** The batch, or the setting that says it. */
function batchOf(
  asked: number | undefined,
  { settings, workloadAt, present }: Variation,
): number | { setting: number } {
  if (asked !== undefined) return asked
  const setting = settings.findIndex(
    ({ place }) => place.of === 'workload' && place.key === 'batch',
  )
  return setting < 0 ? workloadAt(present).batch : { setting }
}

function settingReader(setting: Setting, varied: Variation, columnOf: ColumnOf): Reader {
  const { address, place } = setting
  const index = varied.settings.findIndex((each) => each.address === address)
  if (index >= 0) return ofValues((values) => Number(values[index] ?? Infinity))
  switch (place.of) {
    case 'block': {
      const column = columnOf({ of: 'block', address: place.use.address, name: place.meta.name })
      return { columns: [column], column, read: (sums) => sums[column]! }
    }
    case 'workload':
      return ofValues((values) =>
        Number(presentValue(varied.model, varied.workloadAt(values), setting)),
      )
    default: {
      const value = Number(readAt(varied.base, place.path))
      return ofValues(() => value)
    }
  }
}

const ofValues = (read: (values: Values) => number): Reader => ({
  columns: [],
  column: -1,
  read: (_sums, values) => read(values),
})
