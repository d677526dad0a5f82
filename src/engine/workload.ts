/** Completes a workload with the defaults, and refuses what cannot be run. */
import { ArchcostError } from '../architecture/errors.ts'
import { readFormats, type Formats } from '../architecture/formats.ts'
import type { Model } from '../architecture/model.ts'
import { complete, didYouMean, most, show, size, workloadKeys } from '../formulas/index.ts'
import { formatExact } from './numbers.ts'
import { takesImages, tokensOf } from './towers.ts'
import type { Workload } from './types.ts'

const keys = new Set(workloadKeys.map(({ name }) => name))

export { most }

/**
 * What is left unsaid takes the defaults of the contract.
 * @throws ArchcostError `invalid_workload`, with the key at fault
 */
export function completeWorkload(model: Model, given: Partial<Workload> = {}): Workload {
  for (const key in given) if (!keys.has(key)) refuseKey(key)
  refuseUnmodelled(model, given)
  const { max_context, max_source } = model.architecture
  const known = {
    max_context,
    max_source,
    states: model.state_bytes,
    encoder: model.encoder !== undefined,
    decoder: model.decoder !== undefined,
    vision: model.towers.some(({ role }) => role === 'vision'),
    audio: model.towers.some(({ role }) => role === 'audio'),
    weights: weightFormats(model, given),
  }
  const completed = complete(given, known, refuse)
  refuseCrowded(model, completed)
  return completed
}

function refuseKey(key: string): never {
  throw new ArchcostError(
    'invalid_workload',
    `is not part of a workload${didYouMean(key, [...keys])}`,
    key,
  )
}

/** What a tower would see that is there and not described cannot be counted. */
function refuseUnmodelled(model: Model, given: Partial<Workload>): void {
  if ((given.images ?? null) === null && (given.audio_seconds ?? null) === null) return
  const { architecture, towers } = model
  if (given.images && towers.some(({ role }) => role === 'vision') && !takesImages(model))
    throw new ArchcostError(
      'unsupported',
      'cannot be counted, since how this model cuts images into pieces is not modelled; leave them out',
      'images',
    )
  for (const [key, role] of [
    ['images', 'vision'],
    ['audio_seconds', 'audio'],
  ] as const)
    if ((given[key] ?? null) !== null && architecture.unmodelled_towers?.includes(role))
      throw new ArchcostError(
        'unsupported',
        `cannot be counted, since the ${role} tower of this model is not modelled; leave it out`,
        key,
      )
}

/** A context, or an encoder's source, holds its images and sound. */
function refuseCrowded(model: Model, workload: Workload): void {
  if (workload.images === null && workload.audio_seconds === null) return
  const { images, audio } = tokensOf(model, workload)
  const key = model.encoder && model.decoder ? 'source' : 'context'
  const room = workload[key]!
  if (images + audio <= room) return
  const words = [
    ...(images > 0 ? [`its images become ${formatExact(images)} tokens`] : []),
    ...(audio > 0 ? [`its sound becomes ${formatExact(audio)} tokens`] : []),
  ]
  throw new ArchcostError(
    'invalid_workload',
    `${formatExact(room)} is given, but ${words.join(' and ')}; say at least ${formatExact(images + audio)}`,
    key,
  )
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
  if (said === published) return published
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

/** A part of a workload; one that is left unsaid is that of the key which it follows. */
export function partOf(workload: Workload, key: keyof Workload): Workload[keyof Workload] {
  const [followed] = workloadKeys.find(({ name }) => name === key)?.reads ?? []
  return workload[key] === undefined && followed !== undefined
    ? workload[followed as keyof Workload]
    : workload[key]
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
