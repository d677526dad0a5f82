/** Reads the headers of a checkpoint folder: which tensors its safetensors files hold. Nothing else of them is read. */
import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { headerLength, readHeader, type Tensor } from '../import/verify/index.ts'
import { CommandError } from './errors.ts'
import { readText } from './read-text.ts'

export interface Checkpoint {
  files: string[]
  tensors: Tensor[]
  bytes: number
  /** What is odd about the files themselves. */
  troubles: string[]
}

const index = 'model.safetensors.index.json'

/** @throws CommandError where there is nothing to read, ArchcostError where a header is broken */
export async function readCheckpoint(folder: string): Promise<Checkpoint> {
  const inside = await readdir(folder)
  const present = inside.filter((file) => file.endsWith('.safetensors')).toSorted()
  const listed = inside.includes(index) ? await readIndex(join(folder, index)) : null
  const files = listed ? [...new Set(listed.values())].toSorted() : usual(present)
  if (files.length === 0) throw new CommandError(`${folder} holds no safetensors files`)
  const missing = files.filter((file) => !present.includes(file))
  if (missing.length > 0) {
    throw new CommandError(
      `${folder} lacks ${missing[0]}${missing.length > 1 ? ` and ${missing.length - 1} more files` : ''} that ${index} lists`,
    )
  }
  const tensors: Tensor[] = []
  const troubles: string[] = []
  const seen = new Map<string, string>()
  for (const file of files) {
    for (const tensor of await readTensors(join(folder, file), file)) {
      const other = seen.get(tensor.name)
      if (other === undefined) {
        seen.set(tensor.name, file)
        tensors.push(tensor)
      } else
        troubles.push(`${tensor.name} stands in ${other} and again in ${file}; it is counted once`)
    }
  }
  for (const [name, file] of listed ?? [])
    if (seen.get(name) !== file)
      troubles.push(`${index} places ${name} in ${file}, which does not hold it`)
  return { files, tensors, bytes: tensors.reduce((sum, { bytes }) => sum + bytes, 0), troubles }
}

/** Some folders hold the same weights twice, in the layout of their training code too. */
const usual = (present: readonly string[]): string[] => {
  const consolidated = (file: string): boolean =>
    file.startsWith('consolidated') || file.startsWith('adapter_')
  return present.includes('model.safetensors')
    ? ['model.safetensors']
    : present.filter((file) => !consolidated(file))
}

/** Files by tensor. */
async function readIndex(path: string): Promise<Map<string, string>> {
  const text = await readText(path)
  try {
    const { weight_map } = JSON.parse(text) as { weight_map: Record<string, string> }
    return new Map(Object.entries(weight_map))
  } catch {
    throw new CommandError(`${path} is no index of a checkpoint: it has no weight_map`)
  }
}

async function readTensors(path: string, file: string): Promise<Tensor[]> {
  const { size } = await stat(path)
  const handle = await open(path)
  try {
    const length = headerLength(await readBytes(handle, 0, Math.min(8, size)), file)
    if (8 + length > size) throw new CommandError(`${file} ends inside its header; it was cut off`)
    const header = await readBytes(handle, 8, length)
    return readHeader(new TextDecoder().decode(header), size - 8 - length, file)
  } finally {
    await handle.close()
  }
}

async function readBytes(
  handle: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  await handle.read(bytes, 0, length, position)
  return bytes
}
