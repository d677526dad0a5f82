/** Refuses configs that are nested more deeply than any is, before anything that reads or prints them overflows. */
import { ArchcostError } from '../architecture/errors.ts'

/** Far from what overflows the stack. */
const deepest = 50

/** @throws ArchcostError `invalid_config` that names the key */
export function refuseNesting(config: unknown): void {
  if (typeof config !== 'object' || config === null) return
  for (const [key, value] of Object.entries(config))
    if (reaches(value, deepest))
      throw new ArchcostError(
        'invalid_config',
        `is nested deeper than ${deepest} levels, as no config.json is`,
        key,
      )
}

const reaches = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => reaches(inner, levels - 1)))
