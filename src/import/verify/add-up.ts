/** Parameters of blocks as the model stores them: shared ones at their first use. */
import type { PlacedBlock } from '../../engine/index.ts'
import { readParams, slot, totalParams } from '../../formulas/index.ts'

export function addUp(blocks: readonly PlacedBlock[]): {
  total: number
  embedding: number
  head: number
} {
  const sums = Object.keys(slot).map(() => 0)
  for (const { formulas, settings, stored_elsewhere } of blocks)
    if (!stored_elsewhere) formulas.addModel(settings, 1, sums)
  const { embedding, head } = readParams(sums)
  return { total: totalParams(sums), embedding, head }
}
