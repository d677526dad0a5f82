/** Reads the header of a GGUF file, and of all parts of one that is split. */
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { importGguf, readGguf, type GgufHeader } from '../import/gguf/index.ts'
import type { Imported } from '../import/index.ts'
import { CommandError } from './errors.ts'

/** `model-00001-of-00003.gguf` */
const part = /-(\d{5})-of-(\d{5})\.gguf$/i

/** @throws CommandError where a part is missing, ArchcostError where a file is broken or its architecture not read */
export async function modelOfGguf(path: string): Promise<Imported> {
  const parts = partsOf(path)
  // Before any is read: there may be thousands, and headers of many megabytes.
  for (const each of parts) await refuseMissing(each, parts.length)
  const headers: GgufHeader[] = []
  for (const each of parts) headers.push(await readHeader(each))
  const imported = importGguf(headers)
  const { architecture } = imported
  const name = basename(path).replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '')
  return architecture.name === architecture.model_type
    ? { ...imported, architecture: { ...architecture, name } }
    : imported
}

function partsOf(path: string): string[] {
  const count = part.exec(path)?.[2]
  if (count === undefined || Number(count) === 0) return [path]
  return Array.from({ length: Number(count) }, (_, index) =>
    path.replace(part, `-${String(index + 1).padStart(5, '0')}-of-${count}.gguf`),
  )
}

async function readHeader(path: string): Promise<GgufHeader> {
  const { size } = await stat(path)
  const handle = await open(path)
  try {
    const read = async (from: number, to: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(to - from)
      await handle.read(bytes, 0, bytes.length, from)
      return bytes
    }
    return await readGguf(read, size, basename(path))
  } finally {
    await handle.close()
  }
}

async function refuseMissing(path: string, parts: number): Promise<void> {
  try {
    await stat(path)
  } catch {
    throw new CommandError(
      `there is no file ${path}; all ${parts} parts of a split model must be there`,
    )
  }
}
