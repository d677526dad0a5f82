/** Columns that are answered together, and how blocks answer them. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { formatRoles } from '../../../architecture/formats.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import type { Sums } from '../../../formulas/index.ts'
import { readAt } from '../../vary/path.ts'
import { presentValue } from '../../vary/present.ts'
import type { Variation } from '../../vary/variation.ts'
import type { Column, SettingColumn, SumColumn } from '../quantity/measure.ts'
import type { Term, Values } from './term.ts'

/** Columns that are answered together, and their places among all. */
export interface Asked<Of extends Column> {
  places: readonly number[]
  columns: readonly Of[]
}

/**
 * Sums by the run of blocks that answers them; of one run apart by what else they depend on: weights in bytes on formats, and
 * what each sequence has on their number.
 */
export function sumsAsked(columns: readonly Column[]): Asked<SumColumn>[][] {
  const sums = columns.flatMap((column, place) => (column.of === 'sum' ? [{ column, place }] : []))
  const runs = grouped(sums, ({ column: { occasion, at, over } }) => [occasion, at, over])
  return runs.map((run) =>
    grouped(run, ({ column }) => [column.weighed !== undefined, column.per_sequence]).map(
      (group) => ({
        places: group.map(({ place }) => place),
        columns: group.map(({ column }) => column),
      }),
    ),
  )
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): Item[][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = JSON.stringify(keyOf(item))
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups.values()]
}

/** Settings that are known on their own, as terms; and those that only blocks tell. */
export function settingsAsked(
  variation: Variation,
  columns: readonly Column[],
): { terms: Term[]; inBlocks: Asked<SettingColumn> } {
  const terms: Term[] = []
  const inBlocks = { places: [] as number[], columns: [] as SettingColumn[] }
  columns.forEach((column, place) => {
    if (column.of !== 'setting') return
    const found = readSetting(variation, column)
    if (found === null) {
      inBlocks.places.push(place)
      inBlocks.columns.push(column)
    } else {
      const answers = (values: Values): number[] => [found.read(values)]
      const [once, { depends }] = [{ times: () => 1, times_depend: [] }, found]
      terms.push({ columns: [place], is_value: true, depends, answers, ...once })
    }
  })
  return { terms, inBlocks }
}

function readSetting(
  { settings, base, model, workloadAt }: Variation,
  { setting, at }: SettingColumn,
): { depends: readonly number[]; read: (values: Values) => number } | null {
  const { address, place } = setting
  const index = settings.findIndex((each) => each.address === address)
  if (index >= 0 && !(address in at))
    return { depends: [index], read: (values) => Number(values[index] ?? Infinity) }
  switch (place.of) {
    case 'block':
      return null
    case 'workload':
      return {
        depends: [...settings.keys()],
        read: (values) => Number(presentValue(model, workloadAt(values, at), setting)),
      }
    default: {
      const value = Number(readAt(base, place.path))
      return { depends: [], read: () => value }
    }
  }
}

/**
 * A column of sums that blocks have added to.
 * @param bytes of a weight for each of `formatRoles`
 */
export function readSum(
  sums: Sums,
  { slots, weighed }: SumColumn,
  bytes: readonly number[],
): number {
  let all = 0
  if (!weighed) for (const place of slots) all += sums[place]!
  else if (weighed.role !== null) all = sums[slots[0]!]! * bytes[formatRoles.indexOf(weighed.role)]!
  else for (let role = 0; role < slots.length; role++) all += sums[slots[role]!]! * bytes[role]!
  return all
}

/** NaN where the block is not among these. */
export function valueIn(blocks: readonly PlacedBlock[], { setting }: SettingColumn): number {
  if (setting.place.of !== 'block') return NaN
  const { use, meta } = setting.place
  const value = blocks.find(({ address }) => address === use.address)?.settings[meta.name]
  if (value === undefined) return NaN
  if (typeof value !== 'number')
    throw new ArchcostError('invalid_workload', 'is no number', setting.address)
  return value
}

/** How many sequences there are where each has its own, and the setting that says it. */
export function sequencesOf(
  { settings, workloadAt, present }: Variation,
  { per_sequence, at }: SumColumn,
): { depends: readonly number[]; count: (values: Values) => number } {
  const batch = per_sequence ? (at.batch ?? workloadAt(present).batch) : 1
  const index = settings.findIndex(
    ({ place }) => place.of === 'workload' && place.key === 'batch' && !('batch' in at),
  )
  return per_sequence && index >= 0
    ? { depends: [index], count: (values) => Number(values[index]) }
    : { depends: [], count: () => batch }
}
