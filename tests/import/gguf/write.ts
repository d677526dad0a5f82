/** Writes GGUF headers as the format says: magic, version, counts, keys with typed values, tensors. */

export type Value =
  | number
  | string
  | boolean
  | readonly number[]
  | readonly string[]
  | { f32: number }

/** Sizes as the file says them: the innermost first. */
export type Sizes = Record<string, readonly number[]>

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
const f32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}
const text = (value: string): Buffer =>
  Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)])

function typed(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([u32(8), text(value)])
  if (typeof value === 'boolean') return Buffer.concat([u32(7), Buffer.from([Number(value)])])
  if (typeof value === 'number') return Buffer.concat([u32(4), u32(value)])
  if (!Array.isArray(value)) return Buffer.concat([u32(6), f32((value as { f32: number }).f32)])
  const strings = typeof value[0] === 'string'
  const items = value.map((item) => (strings ? text(item as string) : u32(item as number)))
  return Buffer.concat([u32(9), u32(strings ? 8 : 4), u64(value.length), ...items])
}

/**
 * @param type the number of the tensors' format; 1 is F16
 * @param data numbers of single tensors, written in F32 behind the header; the others' are left out
 */
export function ggufBytes(
  values: Record<string, Value>,
  tensors: Sizes,
  {
    version = 3,
    type = 1,
    data = {},
  }: { version?: number; type?: number; data?: Record<string, readonly number[]> } = {},
): Buffer {
  const keys = Object.entries(values).map(([key, value]) =>
    Buffer.concat([text(key), typed(value)]),
  )
  let offset = 0
  const written: Buffer[] = []
  const infos = Object.entries(tensors).map(([name, sizes]) => {
    const info = Buffer.concat([
      text(name),
      u32(sizes.length),
      ...sizes.map(u64),
      u32(data[name] ? 0 : type),
      u64(offset),
    ])
    if (data[name]) {
      const numbers = aligned(Buffer.concat(data[name].map(f32)))
      written.push(numbers)
      offset += numbers.length
    }
    return info
  })
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    u64(infos.length),
    u64(keys.length),
    ...keys,
    ...infos,
  ])
  return written.length === 0 ? header : Buffer.concat([aligned(header), ...written])
}

/** Tensors begin at multiples of 32 bytes. */
const aligned = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)])

/** Keys below the name of an architecture, with that name. */
export const model = (
  architecture: string,
  keys: Record<string, Value>,
): Record<string, Value> => ({
  'general.architecture': architecture,
  ...Object.fromEntries(
    Object.entries(keys).map(([key, value]) => [
      key.includes('tokenizer') || key.startsWith('general') ? key : `${architecture}.${key}`,
      value,
    ]),
  ),
})

/** The tensors of every layer, `#` standing for its number. */
export const layers = (n: number, sizes: Sizes, from = 0): Sizes =>
  Object.fromEntries(
    Array.from({ length: n }, (_, index) =>
      Object.entries(sizes).map(([name, size]): [string, readonly number[]] => [
        `blk.${from + index}.${name}`,
        size,
      ]),
    ).flat(),
  )
