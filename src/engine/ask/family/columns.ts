/** What is asked of the terms of a cost, column by column, and how blocks answer it. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { formatRoles } from '../../../architecture/formats.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import type { Sums } from '../../../formulas/index.ts'
import type { SumColumn } from '../quantity/measures.ts'
import type { WorkloadColumn } from '../quantity/total-sums.ts'

/** A sum over blocks, a value of a single block, or a number of the workload. */
export type Column = SumColumn | BlockColumn | WorkloadColumn

/** A setting of the block at an address, as formulas read it. */
export interface BlockColumn {
  of: 'block'
  address: string
  name: string
}

/** Columns that are answered together, and their places among all. */
export interface Asked<Of extends Column> {
  places: readonly number[]
  columns: readonly Of[]
}

/** Sums apart by what is run for them, and weights in bytes, which depend on formats as well; values of blocks, if there are any. */
export function askedOf(columns: readonly Column[]): {
  sums: Asked<SumColumn>[]
  values: Asked<BlockColumn>[]
} {
  const groups = new Map<string, { places: number[]; columns: Column[] }>()
  columns.forEach((column, place) => {
    if (column.of === 'workload') return
    const key =
      column.of === 'block'
        ? ''
        : JSON.stringify([column.occasion, column.at, column.over, column.weighed !== undefined])
    const group = groups.get(key) ?? { places: [], columns: [] }
    group.places.push(place)
    group.columns.push(column)
    groups.set(key, group)
  })
  const all = [...groups.values()]
  return {
    sums: all.filter(({ columns: [first] }) => first!.of === 'sum') as Asked<SumColumn>[],
    values: all.filter(({ columns: [first] }) => first!.of === 'block') as Asked<BlockColumn>[],
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
  else for (const [role, place] of slots.entries()) all += sums[place]! * bytes[role]!
  return all
}

/** NaN where the block is not among these. */
export function valueIn(blocks: readonly PlacedBlock[], { address, name }: BlockColumn): number {
  const value = blocks.find((block) => block.address === address)?.settings[name]
  if (value === undefined) return NaN
  if (typeof value !== 'number')
    throw new ArchcostError('invalid_workload', 'is no number', `${address}.${name}`)
  return value
}
