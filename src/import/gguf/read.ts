/** Reads as much of a file as its header takes, and rotary factors; whatever the file is: a path, a blob. */
import { ArchcostError } from '../../architecture/errors.ts'
import { Cursor } from './cursor.ts'
import { readGgufHeader, type GgufHeader } from './header.ts'

/** The bytes of a file, from one place to another. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array>

const first = 1024 * 1024
/** Vocabularies and templates of many megabytes stand in headers. */
const longest = 256 * 1024 * 1024

/** @throws ArchcostError where the file is none, or was cut off */
export async function readGguf(read: ReadBytes, size: number, file: string): Promise<GgufHeader> {
  for (let length = first; ; length *= 4) {
    const header = readGgufHeader(await read(0, Math.min(length, size)), file)
    if (header) return { ...header, factors: await readFactors(header, read, size) }
    if (length >= size)
      throw new ArchcostError('invalid_config', 'ends inside its header; it was cut off', file)
    if (length >= longest)
      throw new ArchcostError('invalid_config', `has a header of more than ${longest} bytes`, file)
  }
}

/** What a file that was cut off holds no more stays unread. */
async function readFactors(
  { places }: GgufHeader,
  read: ReadBytes,
  size: number,
): Promise<GgufHeader['factors']> {
  const factors = new Map<string, readonly number[]>()
  for (const [name, { from, to }] of places) {
    if (to > size) continue
    const cursor = new Cursor(await read(from, to))
    factors.set(name, Array.from({ length: (to - from) / 4 }, cursor.f32))
  }
  return factors
}
