/** Reads the header of a safetensors file: which tensors it holds, and where. */
import * as z from 'zod/mini'
import { ArchcostError } from '../../architecture/errors.ts'
import type { Tensor } from './tensor.ts'

/** Far above any real header. */
const longestHeader = 100 * 1024 * 1024

/** Bits of an element by type; what is not listed is not checked. */
const bits: Readonly<Record<string, number>> = {
  F64: 64, F32: 32, F16: 16, BF16: 16, I64: 64, I32: 32, I16: 16, I8: 8, U64: 64, U32: 32, U16: 16, U8: 8, BOOL: 8,
  F8_E4M3: 8, F8_E5M2: 8, F8_E8M0: 8, F4: 4,
} // prettier-ignore

const offset = z.int().check(z.minimum(0))
const place = z.object({
  dtype: z.string(),
  shape: z.array(offset),
  data_offsets: z.tuple([offset, offset]),
})

/**
 * How long the header is that follows the first eight bytes of a file.
 * @throws ArchcostError `invalid_config`
 */
export function headerLength(start: Uint8Array, file: string): number {
  if (start.byteLength < 8) throw broken(file, 'is shorter than the length of a header')
  const length = Number(new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true))
  if (length > longestHeader || length < 2)
    throw broken(file, `says that its header is ${length} bytes long; it is no safetensors file`)
  return length
}

/**
 * The tensors of a header.
 * @param data_bytes what follows the header in the file
 * @throws ArchcostError `invalid_config` where a tensor's size, shape and place do not agree
 */
export function readHeader(text: string, data_bytes: number, file: string): Tensor[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw broken(file, 'has a header that is not JSON')
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw broken(file, 'has a header that is no object')
  return tensorsOf(json, data_bytes, file)
}

/**
 * The tensors of a header that is JSON already.
 * @throws ArchcostError `invalid_config` where a tensor's size, shape and place do not agree
 */
export function tensorsOf(json: object, data_bytes: number, file: string): Tensor[] {
  return Object.entries(json)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => {
      const checked = place.safeParse(value)
      if (!checked.success)
        throw broken(file, `does not say dtype, shape and data_offsets of ${name.slice(0, 80)}`)
      const { dtype, shape, data_offsets } = checked.data
      const [from, to] = data_offsets
      const bytes = to - from
      const width = Object.hasOwn(bits, dtype) ? bits[dtype]! : undefined
      const expected =
        width === undefined
          ? bytes
          : Math.ceil((shape.reduce((product, size) => product * size, 1) * width) / 8)
      if (bytes !== expected)
        throw broken(
          file,
          `gives ${name} ${bytes} bytes, but ${dtype} [${shape.join(', ')}] takes ${expected}`,
        )
      if (to > data_bytes) throw broken(file, `ends before ${name}; it was cut off`)
      return { name, dtype, shape, bytes }
    })
}

const broken = (file: string, problem: string): ArchcostError =>
  new ArchcostError('invalid_config', problem, file)
