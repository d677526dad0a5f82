/** Which layers a rule speaks of. */
import type { LayerPick } from './schema.ts'

/** Whether layer `layer` (from 0) of `n_layers` is picked. */
export function picks(pick: LayerPick, layer: number, n_layers: number): boolean {
  if (Array.isArray(pick)) return pick.includes(layer)
  if ('first' in pick) return layer < pick.first
  if ('last' in pick) return layer >= n_layers - pick.last
  return layer % pick.every === (pick.offset ?? 0)
}
