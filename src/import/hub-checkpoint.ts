/** Fetches the headers of a model's safetensors files from the hub, and nothing else of them. */
import { readSafetensors } from './checkpoint.ts'
import { asked, reached, HubError, type Hub } from './hub.ts'
import { readJson } from './json.ts'
import { isObject, isText } from './values.ts'
import type { Tensor } from './verify/index.ts'

/** No index is larger, and no model has more files. */
const largest = 64 * 1024 * 1024
const most_files = 500

/**
 * The tensors of all files of a model.
 * @throws HubError, ArchcostError where the hub has no safetensors files of it, or one is broken
 */
export async function fetchTensors(id: string, hub: Hub): Promise<Tensor[]> {
  const at = (file: string): string =>
    `${hub.endpoint}/${id}/resolve/main/${file.split('/').map(encodeURIComponent).join('/')}`
  const files = (await filesOf(at('model.safetensors.index.json'), hub)) ?? ['model.safetensors']
  const tensors: Tensor[] = []
  for (const file of files) {
    const read = (from: number, to: number): Promise<Uint8Array> => range(at(file), from, to, hub)
    tensors.push(...(await readSafetensors(read, Infinity, file)))
  }
  return tensors
}

/** The files that an index names; null where there is no index. */
async function filesOf(url: string, hub: Hub): Promise<string[] | null> {
  const response = await reached(hub, () =>
    hub.fetch(url, asked(hub, { accept: 'application/json' })),
  )
  if (!response.ok) return null
  const bytes = await reached(hub, () => response.arrayBuffer())
  if (bytes.byteLength > largest) throw new HubError(`${url} is too large for an index`)
  const read = readJson(new TextDecoder().decode(bytes))
  const map = 'value' in read && isObject(read.value) ? read.value['weight_map'] : null
  if (!isObject(map)) throw new HubError(`${url} is no index of a checkpoint`)
  const files = [...new Set(Object.values(map).filter(isText))].toSorted()
  if (files.length === 0 || files.length > most_files)
    throw new HubError(`${url} names ${files.length} files`)
  return files
}

async function range(url: string, from: number, to: number, hub: Hub): Promise<Uint8Array> {
  const response = await reached(hub, () =>
    hub.fetch(url, asked(hub, { range: `bytes=${from}-${to - 1}` })),
  )
  // A whole file of many gigabytes is not what was asked for.
  if (response.status !== 206) {
    void response.body?.cancel()
    throw new HubError(`${url} cannot be read in parts (status ${response.status})`)
  }
  return new Uint8Array(await reached(hub, () => response.arrayBuffer()))
}
