/** Whether two uses of a block store the same, so that one may take over what the other stores. */
import type { BlockFormulas, Names, Settings } from '../formulas/index.ts'
import { noSums } from './stored.ts'

/** A use of a block whose weights others take over. */
export interface Storing {
  formulas: BlockFormulas
  settings: Settings
}

/**
 * The same block, and whatever setting differs changes nothing of what is stored: a window may, a width may not.
 * Stacks may have other lengths, but must be as wide.
 */
export function storesTheSame(first: Storing, other: Storing, names: Names): boolean {
  if (first.formulas !== other.formulas) return false
  const stored = storedBy(other)
  return Object.entries(first.settings).every(([name, value]) => {
    if (JSON.stringify(value) === JSON.stringify(other.settings[name])) return true
    if (name in names) return name !== 'd_model'
    const taken_over = { ...other.settings, [name]: value }
    return storedBy({ ...other, settings: taken_over }) === stored
  })
}

function storedBy({ formulas, settings }: Storing): string {
  const sums = noSums()
  formulas.addModel(settings, 1, sums)
  return sums.join()
}
