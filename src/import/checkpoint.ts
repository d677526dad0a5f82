/** Models from safetensors: the tensors of their headers, and the config.json beside them where there is one. */
import { ArchcostError } from '../architecture/errors.ts'
import { formatExact } from '../engine/numbers.ts'
import { importHeader } from './header/import.ts'
import { knownFromConfig } from './header/config-known.ts'
import { importConfig, type Imported } from './index.ts'
import { refuseNesting } from './nesting.ts'
import { isObject } from './values.ts'
import { headerLength, packingOf, readHeader, tensorsOf, type Tensor } from './verify/index.ts'

/** The bytes of a file, from one place to another. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array>

/**
 * The tensors of a safetensors file; nothing but its header is read.
 * @throws ArchcostError where the file is none, or was cut off
 */
export async function readSafetensors(
  read: ReadBytes,
  size: number,
  file: string,
): Promise<Tensor[]> {
  const length = headerLength(await read(0, Math.min(8, size)), file)
  if (8 + length > size)
    throw new ArchcostError('invalid_config', 'ends inside its header; it was cut off', file)
  const header = await read(8, 8 + length)
  return readHeader(new TextDecoder().decode(header), size - 8 - length, file)
}

/**
 * The model whose tensors a checkpoint lists.
 * @param config of its config.json; null where there is none
 * @throws ArchcostError where no tensor is a parameter, or the config is nested as deeply as none is
 */
export function importCheckpoint(
  tensors: readonly Tensor[],
  config: unknown,
  name: string,
): Imported {
  refuseNesting(config)
  const byFormulas = (): Imported => {
    if (config === null)
      throw new ArchcostError('unsupported', 'there is no config.json beside the header')
    const read = importConfig(config)
    return { ...read, architecture: { ...read.architecture, name } }
  }
  const known = knownFromConfig(config, name)
  return importHeader({ tensors, packing: packingOf(config), known }, byFormulas)
}

/** Whether JSON is the header of a safetensors file: tensors by name, each with its type, shape and place. */
export const isHeader = (json: unknown): json is Record<string, unknown> =>
  isObject(json) &&
  Object.entries(json).some(
    ([key, value]) =>
      key !== '__metadata__' && isObject(value) && 'data_offsets' in value && 'shape' in value,
  )

/**
 * The model of headers that were copied out of its files.
 * @throws ArchcostError where one is broken, or two hold the same tensor
 */
export function importPastedHeaders(
  headers: readonly Record<string, unknown>[],
  config: unknown,
  name: string | null,
): Imported {
  const tensors = headers.flatMap((json) => tensorsOf(json, Infinity, 'the header'))
  const names = new Set<string>()
  for (const tensor of tensors) {
    if (names.has(tensor.name))
      throw new ArchcostError(
        'invalid_config',
        'stands in two headers; give each part once',
        tensor.name,
      )
    names.add(tensor.name)
  }
  return importCheckpoint(tensors, config, name ?? 'pasted header')
}

/** Says what an index lacks: it names tensors and their files, and no shapes. */
export function refuseIndex(json: unknown): void {
  if (!isObject(json) || !('weight_map' in json) || !isObject(json.weight_map)) return
  const { weight_map } = json
  const files = new Set(Object.values(weight_map).filter((file) => typeof file === 'string')).size
  const size = 'metadata' in json && isObject(json.metadata) && 'total_size' in json.metadata ? json.metadata.total_size : undefined // prettier-ignore
  const bytes = typeof size === 'number' && Number.isSafeInteger(size) ? ` of ${formatExact(size)} bytes` : '' // prettier-ignore
  throw new ArchcostError(
    'invalid_config',
    `is an index: it names ${formatExact(Object.keys(weight_map).length)} tensors${bytes} in ${formatExact(files)} files, without their shapes; give the folder that holds these files, the id of the hub, or the header of a file`,
    'weight_map',
  )
}
