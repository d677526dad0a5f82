/** Rules about layers, applied again to another number of layers. */
import { ArchcostError } from '../../architecture/errors.ts'
import { picks } from '../../architecture/layers.ts'
import type { LayerPick } from '../../architecture/schema.ts'

/**
 * The layers that a rule means where there are `n_layers` in the place of `present`.
 * @throws ArchcostError for a list that follows no rule
 */
export function repicked(
  pick: LayerPick,
  present: number,
  n_layers: number,
  address: string,
): LayerPick {
  if (!Array.isArray(pick) || n_layers === present) return pick
  const listed = Array.from({ length: present }, (_, layer) => pick.includes(layer))
  const first = listed.indexOf(false)
  if (first > 0 && !listed.includes(true, first)) return { first }
  const last = present - 1 - listed.lastIndexOf(false)
  if (last > 0 && !listed.slice(0, present - last).includes(true)) return { last }
  const period = periodOf(listed)
  if (period === null) {
    throw new ArchcostError(
      'unsupported',
      `lists its layers, ${pick.slice(0, 8).join(', ')}${pick.length > 8 ? ', ...' : ''}, and they follow no period, so nothing says which they are among ${n_layers}; pick them by first, last or every, or leave n_layers at ${present}`,
      address,
    )
  }
  // At least a whole period, so that no list is empty; a layer beyond the last is none.
  return Array.from({ length: Math.max(n_layers, period) }, (_, layer) => layer).filter(
    (layer) => listed[layer % period],
  )
}

/** The shortest period that fits at least twice. */
function periodOf(listed: readonly boolean[]): number | null {
  for (let period = 1; 2 * period <= listed.length; period++)
    if (listed.every((each, layer) => each === listed[layer % period])) return period
  return null
}

/**
 * How many layers each exception holds in, those of the rule first, apart for layers that are routed.
 * @throws ArchcostError where a rule picks no layer of any number
 */
export function countMatches(
  except: readonly LayerPick[],
  routing: LayerPick | undefined,
  n_layers: number,
): { plain: number[]; routed: number[] } {
  for (const pick of routing ? [...except, routing] : except) checkOffset(pick)
  const none = (): number[] => Array.from({ length: except.length + 1 }, () => 0)
  const counts = { plain: none(), routed: none() }
  for (let layer = 0; layer < n_layers; layer++) {
    const match = except.findIndex((pick) => picks(pick, layer, n_layers)) + 1
    counts[routing && picks(routing, layer, n_layers) ? 'routed' : 'plain'][match]!++
  }
  return counts
}

function checkOffset(pick: LayerPick): void {
  if (Array.isArray(pick) || !('every' in pick)) return
  const { every, offset = 0 } = pick
  if (offset < every) return
  throw new ArchcostError(
    'invalid_architecture',
    `offset ${offset} picks no layer; of every ${every} it is at most ${every - 1}`,
    'layers',
  )
}
