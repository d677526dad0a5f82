/** Completes a workload with the defaults, and refuses what cannot be run. */
import { ArchcostError } from '../architecture/errors.ts'
import { readFormats, type Formats } from '../architecture/formats.ts'
import type { Model } from '../architecture/model.ts'
import { complete, didYouMean, most, show, size, workloadKeys } from '../formulas/index.ts'
import type { Workload } from './types.ts'

const keys = new Set(workloadKeys.map(({ name }) => name))

export { most }

/**
 * What is left unsaid takes the defaults of the contract.
 * @throws ArchcostError `invalid_workload`, with the key at fault
 */
export function completeWorkload(model: Model, given: Partial<Workload> = {}): Workload {
  for (const key of Object.keys(given))
    if (!keys.has(key))
      throw new ArchcostError(
        'invalid_workload',
        `is not part of a workload${didYouMean(key, [...keys])}`,
        key,
      )
  const { max_context, max_source } = model.architecture
  const known = {
    max_context,
    max_source,
    encoder: model.encoder !== undefined,
    decoder: model.decoder !== undefined,
    weights: weightFormats(model, given),
  }
  return complete(given, known, refuse)
}

/** As said; roles that go unnamed, without a default, keep what the model is published in. */
function weightFormats({ weights: published }: Model, given: Partial<Workload>): Formats {
  const bytes = size(given.bytes_per_weight, 'bytes_per_weight', refuse)
  const said = given.weights
  if (said === undefined) return bytes === undefined ? published : { default: bytes }
  if (bytes !== undefined)
    throw new ArchcostError(
      'invalid_workload',
      'is given beside weights, which says the formats of all weights; leave out one of them',
      'bytes_per_weight',
    )
  const formats = readFormats(said, 'invalid_workload')
  return 'default' in formats ? formats : { ...published, ...formats }
}

function refuse(key: string, value: unknown, expected: string): never {
  throw new ArchcostError(
    'invalid_workload',
    `${show(value)} is given, but ${expected} is expected`,
    key,
  )
}

/** A workload with what a condition says in the place of its own. */
export function under(given: Partial<Workload>, condition: Partial<Workload>): Partial<Workload> {
  const { bytes_per_weight, ...others } = given
  const said =
    bytes_per_weight === undefined || condition.weights ? others : { ...others, bytes_per_weight }
  return { ...said, ...condition }
}

/** A workload at another context; what is cached stays within it. */
export const atContext = <Given extends Partial<Workload>>(given: Given, context: number): Given =>
  given.cached === undefined || given.cached < context
    ? { ...given, context }
    : { ...given, context, cached: context - 1 }
