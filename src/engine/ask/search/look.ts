/** Looks at a stretch of a search's designs and tells what was found. */
import type { SettingValue } from '../../vary/setting.ts'
import type { Constraint } from '../quantity/conditions.ts'
import type { Family } from '../family/family.ts'
import { noFindings, type Findings } from './findings.ts'
import { Front } from './front.ts'
import { digitsAt } from './row.ts'
import type { Twins } from './symmetry.ts'
import { refuse, visitorOf } from './visit.ts'
import { walkerOf } from './walker.ts'

/** A search made ready: its measures are the goals, and then what stands on the sides of its conditions. */
export interface Hunt {
  wanted: Family
  lists: readonly (readonly SettingValue[])[]
  constraints: readonly Constraint[]
  senses: readonly ('minimise' | 'maximise')[]
  /** The place in the space of what is looked at next. */
  place_of: (look: number) => number
  /** Whether places are looked at in order. */
  by_rows: boolean
  twins: readonly Twins[]
}

/** Looks at the looks from `from` up to `to`; what one stretch has computed the next need not compute again. */
export type LookAt = (from: number, to: number) => Findings

export function lookerOf(hunt: Hunt): LookAt {
  const { wanted, lists, constraints, place_of, by_rows, twins } = hunt
  const walker = walkerOf(wanted, lists, twins, by_rows)
  const { length } = walker.row
  const visit = visitorOf(hunt, walker)
  // Designs below each level stand or fall together.
  const below = [...lists.keys(), lists.length].map((level) =>
    lists.slice(level).reduce((product, { length: size }) => product * size, 1),
  )

  return (from, to) => {
    const found = noFindings(constraints.length)
    const front = new Front()
    for (let look = from; look < to;) {
      const place = place_of(look)
      const refused = walker.goTo(digitsAt(lists, place))
      if (refused) {
        // What one level settles, all designs below it share.
        const size = below[refused.level]!
        const many = by_rows ? Math.min(to - look, size - (place % size)) : 1
        refuse(found, walker, refused.state, many, place)
        look += many
        continue
      }
      const begin = by_rows ? place % length : 0
      const end = Math.min(length, begin + to - look)
      look += end - begin
      visit({ begin, end, start: place - begin }, found, front)
    }
    return { ...found, looked: to - from, front: front.sorted() }
  }
}
