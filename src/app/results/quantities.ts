/** The quantities the page lists: the totals in their groups. */
import { listedTotals, partsOfTotal, wordsOf } from '../../engine/costs.ts'
import type { Cost } from '../../engine/index.ts'
import { readCost } from '../../engine/read-cost.ts'
import type { Counted } from './show.ts'

export interface Quantity {
  /** Its address in a cost, by which derivations know it: `params.total`. */
  id: string
  label: string
  counted: Counted
  of: (cost: Cost) => number | null
  /** A part of the one above it. */
  part?: true
  about?: string
}

export interface QuantityGroup {
  id: string
  title: string
  rows: readonly Quantity[]
}

export const quantityGroups: readonly QuantityGroup[] = listedTotals.map(
  ({ id, title, totals }) => ({
    id,
    title,
    rows: totals.map((total): Quantity => ({
      id: total.name,
      label: wordsOf(total),
      counted: total.unit as Counted,
      of: (cost) => readCost(cost, total.name),
      ...(total.part_of === undefined ? {} : { part: true }),
      ...(total.about === undefined ? {} : { about: total.about }),
    })),
  }),
)

const byId = new Map(
  quantityGroups.flatMap(({ title, rows }) =>
    rows.map((row) => [row.id, { ...row, group: title }]),
  ),
)

/** The quantity of that address, with the title of its group. */
export const quantityOf = (id: string): (Quantity & { group: string }) | undefined => byId.get(id)

/** The classes of a total, with their words. */
export const classesOf = (id: string): { id: string; label: string }[] =>
  partsOfTotal(id).map(({ name, short }) => ({ id: name.split('.').at(-1)!, label: short }))
