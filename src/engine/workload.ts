/** Completes a workload with the defaults, and refuses what cannot be run. */
import { ArchcostError } from '../architecture/errors.ts'
import type { Model } from '../architecture/model.ts'
import { didYouMean } from '../formulas/index.ts'
import type { Workload } from './types.ts'

const most = 1e12
const choices = {
  pairs: ['causal', 'full'],
  head: ['last', 'all'],
  latent_form: ['auto', 'expanded', 'absorbed'],
  scan_form: ['auto', 'recurrent', 'chunked', 'parallel'],
} as const

/** Sixteen-bit weights, caches and activations, recurrent states of four bytes; exact causal pairs, head on the last position. */
export function completeWorkload(model: Model, given: Partial<Workload> = {}): Workload {
  const { max_context, max_source } = model.architecture
  const context = given.context ?? Math.min(8192, max_context)
  const workload: Workload = {
    context,
    batch: 1,
    source: model.encoder && model.decoder ? (max_source ?? context) : null,
    bytes_per_weight: 2,
    bytes_per_cache: 2,
    bytes_per_state: 4,
    bytes_per_activation: 2,
    pairs: 'causal',
    head: 'last',
    flops_per_mac: 2,
    latent_form: 'auto',
    scan_form: 'auto',
    page_tokens: 16,
  }
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(workload, key)) throw new ArchcostError('invalid_workload', `is not part of a workload${didYouMean(key, Object.keys(workload))}`, key)
    if (value === undefined || (value === null && key === 'source')) continue
    check(key as keyof Workload, value)
    Object.assign(workload, { [key]: value })
  }
  // Only an encoder beside a decoder is given a source of its own.
  return workload.source !== null && !(model.encoder && model.decoder) ? { ...workload, source: null } : workload
}

function check(key: keyof Workload, value: unknown): void {
  const fail = (expected: string): never => {
    throw new ArchcostError('invalid_workload', `${JSON.stringify(value)?.slice(0, 60) ?? String(value)} is given, but ${expected} is expected`, key)
  }
  if (key in choices) {
    const allowed = choices[key as keyof typeof choices] as readonly unknown[]
    if (!allowed.includes(value)) fail(`one of ${allowed.join(', ')}`)
  } else if (typeof value !== 'number' || !(value > 0) || value > most) fail(`a number above 0 and up to ${most}`)
  else if (!key.startsWith('bytes_') && !Number.isInteger(value)) fail('a whole number')
}
