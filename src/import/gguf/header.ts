/** Reads the header of a GGUF file: keys with values, and which tensors it holds. Little-endian, versions 2 and 3. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Tensor } from '../verify/index.ts'
import { Cursor, EndOfBytes } from './cursor.ts'
import { formatOf } from './formats.ts'

/** A long list, such as a vocabulary, is kept as its length alone. */
export type GgufValue = number | boolean | string | readonly GgufValue[] | { length: number }

export interface GgufHeader {
  version: number
  values: ReadonlyMap<string, GgufValue>
  /** Shapes as elsewhere: rows first. */
  tensors: Tensor[]
  /** Where the bytes of tensors of rotary factors stand. */
  places: ReadonlyMap<string, Place>
  /** Rotary factors that were read, by tensor; a header alone has none. */
  factors: ReadonlyMap<string, readonly number[]>
}

export interface Place {
  from: number
  to: number
}

/** Divisors of rotary frequencies: for all contexts, for long and for short ones. */
export const factorTensors = {
  all: 'rope_freqs.weight',
  long: 'rope_factors_long.weight',
  short: 'rope_factors_short.weight',
} as const

const magic = 'GGUF'
/** Far above any real header; a broken file must not be read forever. */
const most = { keys: 100_000, tensors: 1_000_000, dimensions: 8 }
/** Lists of settings are no longer than a model has layers or pairs of dimensions. */
const keptItems = 4096

/**
 * The header at the start of a file.
 * @returns null where the bytes end before the header does
 * @throws ArchcostError `invalid_config`
 */
export function readGgufHeader(bytes: Uint8Array, file: string): GgufHeader | null {
  try {
    return read(new Cursor(bytes), file)
  } catch (error) {
    if (error instanceof EndOfBytes) return null
    throw error
  }
}

function read(cursor: Cursor, file: string): GgufHeader {
  const fail = (problem: string): never => {
    throw new ArchcostError('invalid_config', problem, file)
  }
  if (cursor.text(4) !== magic) fail('is no GGUF file')
  const version = cursor.u32()
  if (version !== 2 && version !== 3) {
    const turned = version > 0xffff
    fail(
      turned
        ? 'has its bytes in big-endian order, which is not read'
        : `is GGUF version ${version}; 2 and 3 are read`,
    )
  }
  const [n_tensors, n_keys] = [cursor.u64(), cursor.u64()]
  if (n_tensors > most.tensors || n_keys > most.keys)
    fail(`says it holds ${n_tensors} tensors and ${n_keys} keys; it is broken`)
  const values = new Map<string, GgufValue>()
  for (let index = 0; index < n_keys; index++) {
    const key = cursor.string()
    values.set(key, readValue(cursor, cursor.u32(), fail))
  }
  const tensors: Tensor[] = []
  const offsets: number[] = []
  for (let index = 0; index < n_tensors; index++) {
    tensors.push(readTensor(cursor, fail))
    offsets.push(cursor.u64())
  }
  const unit = values.get('general.alignment')
  const alignment = typeof unit === 'number' && unit > 0 ? unit : 32
  const start = Math.ceil(cursor.at / alignment) * alignment
  return { version, values, tensors, places: placesOf(tensors, offsets, start), factors: new Map() }
}

const ofFactors: readonly string[] = Object.values(factorTensors)

const placesOf = (
  tensors: readonly Tensor[],
  offsets: readonly number[],
  start: number,
): Map<string, Place> =>
  new Map(
    tensors.flatMap(({ name, dtype, bytes }, index): [string, Place][] => {
      const from = start + offsets[index]!
      const isRead = ofFactors.includes(name) && dtype === 'F32' && bytes <= 4 * keptItems
      return isRead ? [[name, { from, to: from + bytes }]] : []
    }),
  )

type Fail = (problem: string) => never

function readTensor(cursor: Cursor, fail: Fail): Tensor {
  const name = cursor.string()
  const dimensions = cursor.u32()
  if (dimensions > most.dimensions)
    fail(`gives ${name.slice(0, 80)} ${dimensions} dimensions; it is broken`)
  const sizes = Array.from({ length: dimensions }, () => cursor.u64())
  const { dtype, bytesOf } = formatOf(cursor.u32())
  const elements = sizes.reduce((product, size) => product * size, 1)
  return { name, dtype, shape: sizes.toReversed(), bytes: bytesOf(elements) }
}

/** By the number of a type. */
function readValue(cursor: Cursor, type: number, fail: Fail): GgufValue {
  switch (type) {
    case 0:
      return cursor.u8()
    case 1:
      return cursor.i8()
    case 2:
      return cursor.u16()
    case 3:
      return cursor.i16()
    case 4:
      return cursor.u32()
    case 5:
      return cursor.i32()
    case 6:
      return cursor.f32()
    case 7:
      return cursor.u8() !== 0
    case 8:
      return cursor.string()
    case 9:
      return readList(cursor, fail)
    case 10:
      return cursor.u64()
    case 11:
      return cursor.i64()
    case 12:
      return cursor.f64()
    default:
      return fail(`has a value of type ${type}, which is not known`)
  }
}

/** Bytes of an element of the types that have a fixed size. */
const sizes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
}

function readList(cursor: Cursor, fail: Fail): GgufValue {
  const type = cursor.u32()
  const length = cursor.u64()
  const size = sizes[type]
  if (length > keptItems) {
    if (size !== undefined) cursor.skip(length * size)
    else if (type === 8) for (let index = 0; index < length; index++) cursor.skip(cursor.u64())
    else fail(`has a list of ${length} lists; it is broken`)
    return { length }
  }
  return Array.from({ length }, () => readValue(cursor, type, fail))
}
