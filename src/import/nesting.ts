/** Refuses configs that are nested more deeply than any is, before anything that reads or prints them overflows. */
import { ArchcostError } from '../architecture/errors.ts'

/** Far from what overflows the stack. */
const deepest = 50

/** @throws ArchcostError `invalid_config` that names the key */
export function refuseNesting(value: unknown, path: readonly string[] = []): void {
  if (typeof value !== 'object' || value === null) return
  if (path.length > deepest)
    throw new ArchcostError(
      'invalid_config',
      `is nested deeper than ${deepest} levels, as no config.json is`,
      path[0],
    )
  for (const [key, inner] of Object.entries(value)) refuseNesting(inner, [...path, key])
}
