/** Random workloads. */
import * as fc from 'fast-check'
import type { Formats, Workload } from '../../../src/engine/index.ts'
import { some, upTo } from './values.ts'

const bytes = fc.constantFrom(0.5, 1, 2, 4)
/** One for all, or some by role. */
const formats: fc.Arbitrary<Formats> = fc.oneof(
  fc.record({ default: bytes }),
  fc.record(
    {
      experts: fc.constantFrom('mxfp4', 'q4_k'),
      unquantised: bytes,
      head: bytes,
      attention: fc.constant('fp8-block'),
      default: fc.constantFrom('bf16', 'fp32'),
    },
    { requiredKeys: ['default'] },
  ),
)
export const context = upTo(300)
/** Any workload. */
export const workload: fc.Arbitrary<Partial<Workload>> = some<
  Omit<
    Workload,
    | 'bytes_per_weight'
    | 'bytes_per_keys'
    | 'bytes_per_values'
    | 'cached'
    | 'images'
    | 'audio_seconds'
  >
>({
  context,
  batch: upTo(8),
  source: upTo(100),
  weights: formats,
  bytes_per_cache: bytes,
  bytes_per_state: bytes,
  bytes_per_activation: bytes,
  pairs: fc.constantFrom('causal', 'full'),
  head: fc.constantFrom('last', 'all'),
  flops_per_mac: fc.constantFrom(1, 2),
  latent_form: fc.constantFrom('auto', 'expanded', 'absorbed'),
  scan_form: fc.constantFrom('auto', 'recurrent', 'chunked', 'parallel'),
  page_tokens: upTo(32),
})
