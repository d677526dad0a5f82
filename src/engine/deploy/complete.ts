/** A deployment with everything that was left unsaid. */
import type { Deployment } from '../../architecture/deployment.ts'
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model } from '../../architecture/model.ts'
import { classes, didYouMean, show } from '../../formulas/index.ts'
import { findDevice, type Device } from '../hardware.ts'
import { formatExact } from '../numbers.ts'
import type { Workload } from '../types.ts'
import { completeWorkload } from '../workload.ts'
import { cacheFormats, printedFormats, type CacheFormats } from './cache-formats.ts'
import { completeParallel, type Parallel } from './parallel.ts'
import { findRuntime, type Chosen, type RuntimeFormulas } from './runtime.ts'

export type { Deployment }

export interface CompleteDeployment {
  device: Device
  parallel: Parallel
  workload: Workload
  cache: CacheFormats
  /** The format that matrix products are computed in, by kind of work. */
  compute: Readonly<Record<string, string>>
  runtime: RuntimeFormulas | null
  chosen: Chosen
  /** As it is printed: nothing in it is left to a default. */
  said: Deployment
  notes: readonly string[]
}

export const usualDevice = 'H100 SXM'

/**
 * @param said checked, where it comes from outside
 * @param given the workload beside it; its context and formats give way to what the document says
 * @param own a device that is none of the known ones
 * @throws ArchcostError `invalid_deployment`, `invalid_workload`
 */
export function completeDeployment(
  model: Model,
  said: Deployment,
  given: Partial<Workload> = {},
  own?: Device,
): CompleteDeployment {
  const device = deviceOf(said.device, own)
  const parallel = completeParallel(said.parallel ?? {}, said.devices)
  const { name = 'none', ...chosen } =
    typeof said.runtime === 'string' ? { name: said.runtime } : (said.runtime ?? {})
  const runtime = findRuntime(name)
  const workload = completeWorkload(model, underDocument(said, given))
  const cache = cacheFormats(said.formats?.cache, runtime, model, workload, given)
  const compute = computeFormats(said.formats?.compute, device)
  const { devices, note: taken, ...degrees } = parallel
  return {
    device,
    parallel,
    workload,
    cache,
    compute,
    runtime,
    chosen,
    said: {
      device: device.name,
      devices,
      parallel: degrees,
      formats: { weights: workload.weights, cache: said.formats?.cache ?? printedFormats(cache, workload), compute: said.formats?.compute ?? usualCompute(device.peak) },
      runtime: { name: runtime?.name ?? 'none', ...chosen },
      request: said.request ?? { input: workload.context - workload.cached, output: 0, cached: workload.cached },
    },
    notes: [
      ...(taken === null ? [] : [taken]),
      ...(runtime ? [] : ['without a runtime all visible memory holds weights and cache; a runtime takes some for itself']),
    ],
  } // prettier-ignore
}

function deviceOf(said: Deployment['device'], own: Device | undefined): Device {
  if (typeof said === 'number')
    return {
      name: `${formatExact(said)} bytes`,
      memory: said,
      visible: said,
      bandwidth: 0,
      peak: {},
    }
  return own && said === undefined ? own : findDevice(said ?? usualDevice, own)
}

/** The workload with what the document says of it. */
function underDocument({ request, formats }: Deployment, given: Partial<Workload>): Partial<Workload> {
  const under = { ...given }
  if (request) {
    const { input = 1, output = 0, cached = 0 } = request
    Object.assign(under, { context: cached + input + output, cached })
  }
  const weights = formats?.weights
  if (weights !== undefined) {
    delete under.bytes_per_weight
    under.weights = typeof weights === 'object' ? weights : { default: weights }
  }
  return under
} // prettier-ignore

/**
 * What weights in fewer bits are unpacked to, unless a runtime rounds activations as well: sixteen bits, on devices without
 * matrix units for bf16 those of fp16.
 */
const usualCompute = ({ bf16, fp16 = 0 }: Device['peak']): string =>
  bf16 !== undefined && fp16 > bf16 ? 'fp16' : 'bf16'

/** Of each kind of work. @throws ArchcostError on a format that the device has no matrix products in */
function computeFormats(
  said: string | Readonly<Record<string, string>> | undefined,
  { name, peak }: Device,
): CompleteDeployment['compute'] {
  const named = typeof said === 'object' ? said : { default: said ?? usualCompute(peak) }
  const known = [...classes.kind, 'default']
  const formats = Object.keys(peak)
  for (const [kind, format] of Object.entries(named)) {
    if (!known.includes(kind))
      refuse(kind, `is none of ${known.join(', ')}${didYouMean(kind, known)}`)
    if (formats.length > 0 && !formats.includes(format))
      refuse(kind, `${show(format)} is nothing that ${name} computes products in; ${formats.join(', ')} are. Weights in fewer bits are unpacked to sixteen`) // prettier-ignore
  }
  return Object.fromEntries(classes.kind.map((kind) => [kind, named[kind] ?? named['default'] ?? usualCompute(peak)])) // prettier-ignore
}

function refuse(kind: string, problem: string): never {
  throw new ArchcostError('invalid_deployment', problem, `formats.compute.${kind}`)
}
