/** Completes a workload with the defaults, and refuses what cannot be run. */
import { ArchcostError } from '../architecture/errors.ts'
import { readFormats, type Formats } from '../architecture/formats.ts'
import type { Model } from '../architecture/model.ts'
import { didYouMean, show } from '../formulas/index.ts'
import type { Workload } from './types.ts'

/** Far above anything real, and low enough that no product overflows: of fields, links and the command line. */
export const most = 1e12
const choices = {
  pairs: ['causal', 'full'],
  head: ['last', 'all'],
  latent_form: ['auto', 'expanded', 'absorbed'],
  scan_form: ['auto', 'recurrent', 'chunked', 'parallel'],
} as const
const counts = ['context', 'batch', 'source', 'flops_per_mac', 'page_tokens'] as const
const sizes = ['bytes_per_cache', 'bytes_per_state', 'bytes_per_activation'] as const
const keys = new Set<string>([
  'weights',
  'bytes_per_weight',
  ...counts,
  ...sizes,
  ...Object.keys(choices),
])

type Given = Partial<Workload>

/** Weights in the formats that the model is published in; sixteen-bit caches and activations, recurrent states of four bytes; exact causal pairs, head on the last position. */
export function completeWorkload(model: Model, given: Given = {}): Workload {
  for (const key of Object.keys(given))
    if (!keys.has(key))
      throw new ArchcostError(
        'invalid_workload',
        `is not part of a workload${didYouMean(key, [...keys])}`,
        key,
      )
  const { max_context, max_source } = model.architecture
  const context = count(given, 'context') ?? Math.min(8192, max_context)
  const source = given.source === null ? undefined : count(given, 'source')
  // Written out: an object that is filled by name takes longer to make than all formulas to compute.
  return {
    context,
    batch: count(given, 'batch') ?? 1,
    // Only an encoder beside a decoder is given a source of its own.
    source: model.encoder && model.decoder ? (source ?? max_source ?? context) : null,
    weights: weightFormats(model, given),
    bytes_per_cache: size(given, 'bytes_per_cache') ?? 2,
    bytes_per_state: size(given, 'bytes_per_state') ?? 4,
    bytes_per_activation: size(given, 'bytes_per_activation') ?? 2,
    pairs: choice(given, 'pairs') ?? 'causal',
    head: choice(given, 'head') ?? 'last',
    flops_per_mac: count(given, 'flops_per_mac') ?? 2,
    latent_form: choice(given, 'latent_form') ?? 'auto',
    scan_form: choice(given, 'scan_form') ?? 'auto',
    page_tokens: count(given, 'page_tokens') ?? 16,
  }
}

/** As said; roles that go unnamed, without a default, keep what the model is published in. */
function weightFormats({ weights: published }: Model, given: Given): Formats {
  const [bytes, said] = [size(given, 'bytes_per_weight'), given.weights]
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

function size(
  given: Given,
  key: 'bytes_per_weight' | (typeof sizes)[number] | (typeof counts)[number],
): number | undefined {
  const value = given[key]
  if (value === undefined || (typeof value === 'number' && value > 0 && value <= most)) return value
  return refuse(key, value, `a number above 0 and up to ${most}`)
}

function count(given: Given, key: (typeof counts)[number]): number | undefined {
  const value = size(given, key)
  return value === undefined || Number.isInteger(value)
    ? value
    : refuse(key, value, 'a whole number')
}

function choice<K extends keyof typeof choices>(given: Given, key: K): Given[K] {
  const value = given[key]
  const allowed: readonly unknown[] = choices[key]
  return value === undefined || allowed.includes(value)
    ? value
    : refuse(key, value, `one of ${allowed.join(', ')}`)
}

function refuse(key: string, value: unknown, expected: string): never {
  throw new ArchcostError(
    'invalid_workload',
    `${show(value)} is given, but ${expected} is expected`,
    key,
  )
}
