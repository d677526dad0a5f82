/** Reads the headers of a checkpoint: which tensors its safetensors files hold. Nothing else of them is read. */
import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readSafetensors } from '../import/checkpoint.ts'
import type { Tensor } from '../import/verify/index.ts'
import { CommandError } from './errors.ts'
import { readText } from './read-text.ts'

export interface Checkpoint {
  files: string[]
  tensors: Tensor[]
  bytes: number
  /** What is odd about the files themselves. */
  troubles: string[]
}

const usualIndex = 'model.safetensors.index.json'
/** `model-00001-of-00003.safetensors` */
const part = /-\d{5}-of-(\d{5})\.safetensors$/

/** Whether a file is one of a checkpoint, or its index. */
export const isOfCheckpoint = (path: string): boolean => /\.safetensors(\.index\.json)?$/.test(path)

/** Whether a folder holds a file of a checkpoint. */
export const holdsCheckpoint = async (folder: string): Promise<boolean> =>
  (await readdir(folder)).some((file) => file.endsWith('.safetensors'))

/** The checkpoint that a file is, is a part of, or is the index of. */
export async function readCheckpointOf(path: string): Promise<Checkpoint> {
  const [folder, file] = [dirname(path), basename(path)]
  if (file.endsWith('.json')) return readCheckpoint(folder, file)
  const count = part.exec(file)?.[1]
  if (count === undefined) return readFiles(folder, [file], null, file)
  const inside = (await readdir(folder)).filter((each) => part.exec(each)?.[1] === count)
  const beginning = file.replace(part, '')
  const parts = inside.filter((each) => each.replace(part, '') === beginning).toSorted()
  if (parts.length < Number(count))
    throw new CommandError(
      `${folder} holds ${parts.length} of the ${Number(count)} parts of ${beginning}; all must be there`,
    )
  return readFiles(folder, parts, null, file)
}

/** @throws CommandError where there is nothing to read, ArchcostError where a header is broken */
export async function readCheckpoint(folder: string, index = usualIndex): Promise<Checkpoint> {
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
  return readFiles(folder, files, listed, index)
}

async function readFiles(
  folder: string,
  files: string[],
  listed: ReadonlyMap<string, string> | null,
  index: string,
): Promise<Checkpoint> {
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
    const read = async (from: number, to: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(to - from)
      await handle.read(bytes, 0, bytes.length, from)
      return bytes
    }
    return await readSafetensors(read, size, file)
  } finally {
    await handle.close()
  }
}
