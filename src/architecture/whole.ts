/** Whether a model has towers that are all known. */
import type { Architecture } from './schema.ts'

/** Why the count of the whole model does not apply to a document; null where it does. */
export function whyNoWhole({
  towers = [],
  unmodelled_towers,
}: Pick<Architecture, 'towers' | 'unmodelled_towers'>): string | null {
  if (unmodelled_towers) return 'is not known: some towers of the model are not modelled'
  return towers.length === 0 ? 'does not apply to a model without towers' : null
}
