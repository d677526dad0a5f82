/** Parts of a workload as people write them: `128k`, `fp8`, `experts=mxfp4,default=bf16`, `expanded`. */
import { ArchcostError } from '../architecture/errors.ts'
import {
  bytesInFormat,
  mixtureNamed,
  readFormats,
  weightFormats,
  type Formats,
} from '../architecture/formats.ts'
import { didYouMean, workloadKeys, type Field, type WorkloadKeyMeta } from '../formulas/index.ts'
import { knownMixtures } from '../formulas/registry.ts'
import { NumberError, parseNumber } from './read-number.ts'
import type { Workload } from './types.ts'

const formats = weightFormats.map(({ name }) => name)

/** Names that a key goes by beside its own: that of its option, with dashes or underscores. */
export const namesOfKey = ({ name, option }: WorkloadKeyMeta): string[] =>
  option === undefined ? [name] : [...new Set([name, option, option.replaceAll('-', '_')])]

const byName = new Map(
  workloadKeys.flatMap((key) => namesOfKey(key).map((name) => [name, key] as const)),
)

/** The key that is called so, by its name or as the command line calls it. */
export const workloadKeyNamed = (name: string): WorkloadKeyMeta | undefined => byName.get(name)

/**
 * What a text says of a part of the workload. That it fits the model is for `completeWorkload` to say.
 * @param what begins a message: `--context`
 * @throws NumberError or ArchcostError where the text is no value
 */
export function readWorkloadText(
  key: WorkloadKeyMeta,
  text: string,
  what: string,
): Partial<Workload> {
  const { name, type, of = [], min, instead_of, fields } = key
  if (type === 'formats') return { [name]: formatsIn(text, what) }
  if (instead_of !== undefined) return { [instead_of]: { default: formatIn(text, what) } }
  if (type === 'format') return { [name]: bytesIn(text, what) }
  if (type === 'record') return { [name]: recordIn(text, fields!, what) }
  if (type === 'number') return { [name]: parseNumber(text, { what }) }
  if (type !== 'choice') return { [name]: parseNumber(text, { what, whole: true, min }) }
  const values = of.map(({ value }) => value)
  if (values.includes(text.trim())) return { [name]: text.trim() }
  throw new ArchcostError(
    'invalid_workload',
    `${name} is one of ${values.join(', ')}, not "${text}"${didYouMean(text, values)}`,
    what,
  )
}

/** `4x1024x768`: the fields in order; those with a default may be left out where there are fewer numbers. */
function recordIn(text: string, fields: readonly Field[], what: string): Record<string, number> {
  const numbers = text
    .split(/[x×*]/i)
    .map((part) => parseNumber(part, { what, whole: true, min: 1 }))
  const spare = fields.length - numbers.length
  const left = fields.filter((field) => field.default !== undefined).slice(0, spare)
  const said = fields.filter((field) => !left.includes(field))
  if (said.length !== numbers.length)
    throw new NumberError(
      `${what} is ${fields.map(({ name }) => name).join('x')}, not "${text}"; ${fields
        .flatMap((field) => (field.default === undefined ? [] : [field.name]))
        .join(' and ')} may be left out`,
    )
  return Object.fromEntries(said.map(({ name }, place) => [name, numbers[place]!]))
}

/** One format for all, or `experts=mxfp4,default=bf16`; roles that go unnamed without a default stay as published. */
function formatsIn(text: string, what: string): Formats {
  if (!text.includes('=')) return { default: formatIn(text, what) }
  const said = text.split(',').map((part): [string, string | number] => {
    const [role = '', format = ''] = part.split('=', 2).map((word) => word.trim())
    return [role, formatIn(format, `${what} ${role}`)]
  })
  const twice = said.find(([role], place) => said.findIndex(([each]) => each === role) < place)
  if (twice) throw new NumberError(`${what} says ${twice[0]} twice; leave one of them out`)
  return readFormats(Object.fromEntries(said), 'invalid_workload')
}

/** A name stays one, so that it is shown. */
function formatIn(text: string, what: string): string | number {
  if (mixtureNamed(text)) return text.trim().toLowerCase()
  const bytes = bytesIn(text, what)
  return bytesInFormat(text) === undefined ? bytes : text.trim().toLowerCase()
}

function bytesIn(text: string, what: string): number {
  const known = bytesInFormat(text)
  if (known !== undefined) return known
  if (!/^[\d.]/.test(text))
    throw new NumberError(
      `${what} is one of ${formats.join(', ')}, for weights a mixture such as q4_k_m or awq, a number of bits such as 4.85bits, or a number of bytes, not "${text}"${didYouMean(text, [...formats, ...knownMixtures.keys()])}`,
    )
  const value = parseNumber(text, { what })
  if (value <= 0) throw new NumberError(`${what}: "${text}" is no size; it must be above 0`)
  return value
}
