/** Transforms by name, one after the other. */
import { ArchcostError } from '../../architecture/errors.ts'
import { prepare } from '../../architecture/check.ts'
import type { Architecture } from '../../architecture/schema.ts'
import { didYouMean } from '../../formulas/index.ts'
import { transforms } from './transforms.ts'

/** A transform by name, with its options beside. */
export interface TransformStep {
  transform: string
  [option: string]: unknown
}

/**
 * Applies transforms one after the other; each result is checked.
 * @throws ArchcostError that names the transform and option
 */
export function transform(document: unknown, steps: readonly TransformStep[]): Architecture {
  return steps.reduce((changed, { transform: name, ...options }) => {
    const found = transforms.find((each) => each.name === name)
    if (!found)
      throw new ArchcostError(
        'unsupported',
        `there is no transform ${name}${didYouMean(
          name,
          transforms.map((each) => each.name),
        )}`,
      )
    return found.apply(changed, options)
  }, prepare(document).architecture)
}
