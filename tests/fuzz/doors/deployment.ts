/** A deployment document: numbers of what fits that agree with each other, or which key is wrong and what it may say. */
import * as fc from 'fast-check'
import { fit, type Fit } from '../../../src/engine/deploy/fit.ts'
import { prepare } from '../../../src/engine/index.ts'
import { door } from '../door.ts'
import { changed, changes, printed, type Json } from '../json-changes.ts'
import { documents } from '../published.ts'
import { mustBeClear, mustBeJson, mustBeNumbers } from '../sound.ts'

const said: readonly { [key: string]: Json }[] = [
  { device: 'H100 SXM', devices: 8, parallel: { tp: 8 }, runtime: 'vllm' },
  {
    device: 'RTX 4090',
    devices: 4,
    parallel: { tp: 2, pp: 2, ep: 2, etp: 1 },
    formats: {
      weights: { experts: 'mxfp4', default: 'bf16' },
      cache: { keys: 'q8_0', values: 'q4_0' },
    },
    runtime: { name: 'llama-cpp', micro_batch: 1024, unified: true },
  },
  {
    device: 80e9,
    devices: 8,
    parallel: { dp_attention: true },
    request: { input: 2000, output: 500, cached: 0 },
    runtime: { name: 'vllm', memory_share: 0.95, cache_memory: 1e9, prefix_caching: 'none' },
  },
  { runtime: 'transformers', request: { input: 100 } },
]
const words =
  'vllm llama-cpp transformers none H100 L40S fp8 q4_k_m 4.85bits state default align 0 1 2 3 7 8 16 1e6 -1 0.5 1e300 true' +
  ' drafts block step_tokens sequences'
const keys =
  'device devices parallel tp pp dp ep etp cp dp_attention formats weights cache keys values latent state runtime name' +
  ' request input output cached'

export const deployment = door({
  name: 'deployment',
  inputs: 10_000,
  input: fc.record({
    architecture: fc.constantFrom(...documents),
    document: fc
      .tuple(
        fc.constantFrom(...said),
        changes([...keys.split(' '), ...words.split(' ')], words.split(' ')),
      )
      .map(([before, steps]) => changed(before, steps)),
    context: fc.constantFrom(1, 100, 8192, 131_072),
    batch: fc.constantFrom(1, 3, 64),
  }),
  check({ architecture, document, context, batch }) {
    try {
      mustAgree(fit(prepare(architecture), document, { context, batch }), batch)
    } catch (error) {
      mustBeClear(error)
    }
  },
  show: printed,
})

function mustAgree(found: Fit, batch: number): void {
  mustBeJson(found)
  const { headroom, ...rank } = found.per_rank
  mustBeNumbers({ ...found, per_rank: rank, deployment: null, errors: null })
  if (found.fits !== headroom >= 0)
    throw new Error(`${found.fits ? 'fits' : 'does not fit'} with ${headroom} bytes to spare`)
  if (found.max_batch !== null && found.fits !== found.max_batch >= batch)
    throw new Error(`${batch} sequences ${found.fits ? 'fit' : 'do not fit'} of ${found.max_batch}`)
  const parts = Object.values(found.runtime_cache.parts).reduce((sum, each) => sum + each, 0)
  if (Math.abs(parts - found.runtime_cache.bytes) > 1e-6 * parts)
    throw new Error(`${found.runtime_cache.bytes} bytes of cache have parts of ${parts}`)
}
