/** The transforms: structural what-ifs, an architecture document in, a checked one out. */
import { ArchcostError } from '../../architecture/errors.ts'
import { prepare } from '../../architecture/check.ts'
import type { Architecture } from '../../architecture/schema.ts'
import { didYouMean } from '../../formulas/index.ts'
import { depth } from './depth.ts'
import { depthUpScaling } from './depth-up-scaling.ts'
import { exchangeAttention } from './exchange-attention.ts'
import { mixtureOfDepths } from './mixture-of-depths.ts'
import { set } from './set.ts'
import { splitExperts } from './split-experts.ts'
import type { Transform } from './transform.ts'
import { tie, untie } from './tying.ts'
import { upcycling } from './upcycling.ts'
import { widen } from './widen.ts'
import { window } from './window.ts'

export type { Transform } from './transform.ts'

export const transforms: readonly Transform[] = [
  depthUpScaling,
  depth,
  widen,
  mixtureOfDepths,
  upcycling,
  splitExperts,
  exchangeAttention,
  window,
  tie,
  untie,
  set,
]

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
