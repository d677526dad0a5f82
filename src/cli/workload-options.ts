/** The options that say what is run, and what they mean to the engine. */
import { readFormats, type Formats } from '../architecture/formats.ts'
import { bytesInFormat, weightFormats } from '../engine/hardware.ts'
import { parseNumber } from '../engine/numbers.ts'
import type { Workload } from '../engine/types.ts'
import { didYouMean } from '../formulas/nearest.ts'
import type { Options, OptionSpec } from './command.ts'
import { UsageError } from './errors.ts'

const formats = weightFormats.map(({ name }) => name)

export const workloadOptions: Record<string, OptionSpec> = {
  context: {
    value: '128k',
    about:
      'tokens of the prefill, seen by the decode step, held by the cache (8192, or the most the model is made for)',
  },
  batch: { value: '1', about: 'sequences side by side' },
  source: {
    value: 'N',
    about:
      "what an encoder's front end is given: tokens, frames or samples (the context; for audio the most the model takes)",
  },
  dtype: {
    value: 'bf16',
    about:
      'format of the weights, such as bf16, fp8, mxfp4 or q4_k, or one of your own: 4.85bits, or bytes per weight; by role experts=mxfp4,default=bf16 (what the model is published in)',
  },
  'cache-dtype': { value: 'bf16', about: 'format of the cache' },
  'state-dtype': { value: 'fp32', about: 'format of recurrent states' },
  pairs: {
    of: ['causal', 'full'],
    about: 'attention pairs: those a causal mask leaves, or the full square',
  },
  head: { of: ['last', 'all'], about: 'positions of a prefill for which logits are computed' },
}

/** @throws UsageError */
export function readWorkload(options: Options): Partial<Workload> {
  const given: Partial<Workload> = {}
  const { context, batch, source, dtype, pairs, head } = options
  if (context !== undefined) given.context = count('--context', context)
  if (batch !== undefined) given.batch = count('--batch', batch)
  if (source !== undefined) given.source = count('--source', source)
  if (dtype !== undefined) given.weights = weightFormatsOf(dtype)
  if (options['cache-dtype'] !== undefined)
    given.bytes_per_cache = bytes('--cache-dtype', options['cache-dtype'])
  if (options['state-dtype'] !== undefined)
    given.bytes_per_state = bytes('--state-dtype', options['state-dtype'])
  if (pairs !== undefined) given.pairs = pairs as Workload['pairs']
  if (head !== undefined) given.head = head as Workload['head']
  return given
}

/** One format for all, or `experts=mxfp4,default=bf16`; roles that go unnamed without a default stay as published. */
function weightFormatsOf(text: string): Formats {
  if (!text.includes('=')) return { default: formatOf('--dtype', text) }
  const said = text.split(',').map((part): [string, string | number] => {
    const [role = '', format = ''] = part.split('=', 2).map((word) => word.trim())
    return [role, formatOf(`--dtype ${role}`, format)]
  })
  const twice = said.find(([role], place) => said.findIndex(([each]) => each === role) < place)
  if (twice) throw new UsageError(`--dtype says ${twice[0]} twice; leave one of them out`)
  return usage(() => readFormats(Object.fromEntries(said), 'invalid_workload'))
}

/** A name stays one, so that it is shown. */
function formatOf(what: string, text: string): string | number {
  const size = bytes(what, text)
  return bytesInFormat(text) === undefined ? size : text.trim().toLowerCase()
}

function count(what: string, text: string): number {
  return usage(() => parseNumber(text, { what, whole: true, min: 1 }))
}

function bytes(what: string, text: string): number {
  const known = bytesInFormat(text)
  if (known !== undefined) return known
  if (!/^[\d.]/.test(text))
    throw new UsageError(
      `${what} is one of ${formats.join(', ')}, a number of bits such as 4.85bits, or a number of bytes, not "${text}"${didYouMean(text, formats)}`,
    )
  const value = usage(() => parseNumber(text, { what }))
  if (value <= 0) throw new UsageError(`${what}: "${text}" is no size; it must be above 0`)
  return value
}

function usage<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
