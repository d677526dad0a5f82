/** The least time that all devices together need: a bound, whatever program runs. */
import type { Model } from '../../architecture/model.ts'
import { classes } from '../../formulas/index.ts'
import { evaluate } from '../evaluate.ts'
import type { Workload } from '../types.ts'
import { elementsHeld, type Parts } from './cache-layers.ts'
import type { CompleteDeployment } from './complete.ts'
import type { Held } from './rank.ts'

/** Seconds. */
export interface LeastTime {
  /** Of a prefill of the batch; an encoder's one pass over it. */
  prefill: number
  /** Of a decode step of the batch; null where nothing is decoded. */
  step: number | null
}

const apart = ['keys', 'values'] as const
const ofStates = ['state', 'convolution'] as const
const others = classes.holds.filter(
  (held) => ![...apart, ...ofStates].some((each) => each === held),
)

/** The workload with the bytes of an element that the cache is kept in, on average where formats differ. */
function inFormats(model: Model, workload: Workload, formats: Parts): Workload {
  const elements = elementsHeld(model, workload)
  const average = (held: readonly Held[], usual: number): number => {
    const sum = (of: (each: Held) => number): number => held.reduce((all, each) => all + of(each), 0)
    const count = sum((each) => elements[each])
    return count === 0 ? usual : sum((each) => elements[each] * formats[each]) / count
  }
  return {
    ...workload,
    bytes_per_cache: average(others, workload.bytes_per_cache),
    bytes_per_keys: formats.keys,
    bytes_per_values: formats.values,
    bytes_per_state: average(ofStates, workload.bytes_per_state),
  }
} // prettier-ignore

/**
 * Work over the peaks of the formats that it is computed in, or bytes over the bandwidth, whichever is more, shared evenly
 * by all devices. Of experts only those of one token must be read, since all tokens may agree on theirs; an encoder's are left
 * out, as its tables are, of which a pass reads a few rows.
 * @returns null where peaks or the bandwidth of the device are not known
 */
export function leastTime(
  model: Model,
  { device, parallel, workload: said, cache: { formats }, compute }: CompleteDeployment,
): LeastTime | null {
  if (device.bandwidth === 0) return null
  const workload = inFormats(model, said, formats)
  const { flops, cache, bytes_read, bytes_written, weights } = evaluate(model, workload)
  const seconds = (by_kind: Readonly<Record<string, number>>, bytes: number): number => {
    const work = classes.kind.reduce(
      (sum, kind) => sum + (by_kind[kind] ?? 0) / device.peak[compute[kind]!]!,
      0,
    )
    return Math.max(work, bytes / device.bandwidth) / parallel.devices
  }
  const { embedding, position, experts } = weights.by_role
  if (!model.decoder)
    return {
      prefill: seconds(flops.prefill_by_kind, weights.bytes - embedding - position - experts),
      step: null,
    }
  const read = evaluate(model, { ...workload, batch: 1 }).bytes_read.decode_weights!
  return {
    prefill: seconds(flops.prefill_by_kind, read + cache!.bytes),
    step: seconds(flops.decode_by_kind!, read + bytes_read.decode_cache! + bytes_written.decode_states!),
  } // prettier-ignore
}
