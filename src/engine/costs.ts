/** The totals as tables list them. */
import { totalGroups, totals, type Total } from '../formulas/index.ts'

/** The classes that a total is split by. */
export const partsOfTotal = (name: string): Total[] =>
  totals.filter(({ part_of }) => part_of === name)

/** Its words within its group, and what kind of claim it is where it is not exact. */
export const wordsOf = ({ short, mark, part_of }: Total): string =>
  mark === 'exact' || part_of !== undefined ? short : `${short} (${mark})`

/** The totals that tables list under each title, classes after their whole. */
export const listedTotals: readonly { id: string; title: string; totals: readonly Total[] }[] =
  Object.entries(totalGroups).map(([id, title]) => ({
    id,
    title,
    totals: totals.filter(({ group, same_as }) => group === id && same_as === undefined),
  }))
