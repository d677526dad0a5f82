/** The formats that the cache of a deployment is kept in, by what is held. */
import { ArchcostError } from '../../architecture/errors.ts'
import { bytesInFormat, type Formats } from '../../architecture/formats.ts'
import type { Model } from '../../architecture/model.ts'
import { classes, didYouMean, show } from '../../formulas/index.ts'
import type { Workload } from '../types.ts'
import { heldBy, type Parts } from './cache-layers.ts'
import type { Held } from './rank.ts'
import type { RuntimeFormulas } from './runtime.ts'

export interface CacheFormats {
  /** Bytes of an element. */
  formats: Parts
  /** What is held in a format that the runtime chose, with that format. */
  by_runtime: readonly (readonly [held: Held, format: string])[]
  /** Whether states are in the format that the model asks for. */
  states_as_asked: boolean
}

/** States and columns of convolutions have a width of their own where nothing is said. */
const stateLike: ReadonlySet<string> = new Set(['state', 'convolution'])

/**
 * What a deployment says of it by name goes first, then what its runtime does whatever is asked for, what the deployment
 * says of all, what the workload says, what the model asks for, and last what the runtime does where nothing is said.
 * @param said of the deployment
 * @param given of the workload, before it is completed
 * @throws ArchcostError `invalid_deployment` on what is not held, or is no format
 */
export function cacheFormats(
  said: string | number | Formats | undefined,
  runtime: RuntimeFormulas | null,
  model: Model,
  workload: Workload,
  given: Partial<Workload>,
): CacheFormats {
  const named = typeof said === 'object' ? said : said === undefined ? {} : { default: said }
  refuseUnknown(named)
  const everything = named['default']
  const asked = everything === undefined ? workload.bytes_per_cache : bytesOf('default', everything)
  const always = runtime ? entriesOf(runtime, model, workload, asked) : {}
  const by_runtime: [Held, string][] = []
  const bytes = (held: Held): number => {
    const is_state = stateLike.has(held)
    const own = named[held]
    if (own !== undefined) return bytesOf(held, own)
    const kept = always[held]
    if (kept !== undefined) {
      by_runtime.push([held, kept])
      return bytesOf(held, kept)
    }
    if (everything !== undefined && !is_state) return bytesOf(held, everything)
    const wanted = ofWorkload(held, given) ?? (held === 'state' ? model.state_bytes : undefined)
    if (wanted !== undefined) return wanted
    const usual = runtime?.formats[held]
    if (usual === undefined) return is_state ? workload.bytes_per_state : workload.bytes_per_cache
    if (is_state) by_runtime.push([held, usual])
    return bytesOf(held, usual)
  }
  const formats = Object.fromEntries(classes.holds.map((held) => [held, bytes(held)])) as Parts
  const elsewhere = named['state'] ?? always['state'] ?? given.bytes_per_state
  return {
    formats,
    by_runtime,
    states_as_asked: model.state_bytes !== undefined && elsewhere === undefined,
  }
}

/** As a deployment says them, so that it gives the same formats when it is read again. */
export function printedFormats({ formats }: CacheFormats, workload: Workload): Formats {
  const usual = workload.bytes_per_cache
  const others = classes.holds.filter((held) => stateLike.has(held) || formats[held] !== usual)
  return { default: usual, ...Object.fromEntries(others.map((held) => [held, formats[held]])) }
}

/** What the workload says of what is held, keys and values by themselves before the cache. */
function ofWorkload(held: Held, given: Partial<Workload>): number | undefined {
  if (stateLike.has(held)) return given.bytes_per_state
  const { keys, values } = { keys: given.bytes_per_keys, values: given.bytes_per_values }
  return (held === 'keys' ? keys : held === 'values' ? values : undefined) ?? given.bytes_per_cache
}

/** Formats that the runtime keeps what the model has in whatever is asked for, or where just these bytes are asked for. */
function entriesOf(
  { entries }: RuntimeFormulas,
  model: Model,
  workload: Workload,
  asked: number,
): Readonly<Record<string, string>> {
  if (entries.length === 0) return {}
  const holds: ReadonlySet<string> = heldBy(model, workload)
  const blocks = model.decoder?.held ?? []
  return Object.assign(
    {},
    ...entries
      .filter(({ holding, is }) =>
        holding === undefined
          ? blocks.some(({ formulas }) => formulas.is === is)
          : holds.has(holding),
      )
      .filter((entry) => entry.asked === undefined || bytesInFormat(entry.asked) === asked)
      .map(({ formats }) => formats),
  ) as Record<string, string>
}

function refuseUnknown(named: Formats): void {
  const known = [...classes.holds, 'default']
  for (const held of Object.keys(named))
    if (!known.includes(held))
      refuse(held, `is none of ${known.join(', ')}${didYouMean(held, known)}`)
}

function bytesOf(held: string, format: string | number): number {
  const bytes = typeof format === 'number' ? format : bytesInFormat(format)
  if (bytes !== undefined && bytes > 0 && bytes <= 1e12) return bytes
  return refuse(held, `${show(format)} is no format; bf16, fp8, q8_0 and others are`)
}

function refuse(held: string, problem: string): never {
  throw new ArchcostError('invalid_deployment', problem, `formats.cache.${held}`)
}
