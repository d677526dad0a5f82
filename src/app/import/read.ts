/** What a visitor brings -> a model: a `config.json`, a document of archcost's own, or headers of GGUF or safetensors files. */
import { ArchcostError, prepare } from '../../engine/index.ts'
import { importCheckpoint, readSafetensors } from '../../import/checkpoint.ts'
import type { Imported } from '../../import/index.ts'
import { describeMistake, readJson, readJsonValues } from '../../import/json.ts'
import { readJsonModel, readJsonParts } from '../../import/read-json.ts'
import type { Tensor } from '../../import/verify/index.ts'
import type { Letter } from '../models/letters.ts'
import { slotOf, type Slot } from '../models/slot.ts'

/** @throws ArchcostError that says what is wrong and where */
export function slotFromText(text: string, name: string | null, letter: Letter): Slot {
  const read = readText(text, name)
  return read.kind === 'document'
    ? slotOf(letter, prepare(read.document), { catalogue: null, report: null, notes: [] })
    : slotFromImport(read.imported, letter)
}

/** Headers of several files may stand one after the other. */
function readText(text: string, name: string | null): ReturnType<typeof readJsonModel> {
  const read = readJson(text)
  if ('value' in read) return readJsonModel(read.value, name)
  const parts = readJsonValues(text)
  if ('values' in parts && parts.values.length > 1)
    return { kind: 'imported', imported: readJsonParts(parts.values, name) }
  const other = /^[[{]/.test(text.trim())
    ? ''
    : '. A model of the hub is named org/name or by its link; known ones are under “Another model”, and a file is dropped here itself'
  throw new ArchcostError(
    'invalid_json',
    `This is not JSON: ${describeMistake(read.mistake)}${other}`,
  )
}

function slotFromImport({ architecture, report, notes }: Imported, letter: Letter): Slot {
  return slotOf(letter, prepare(architecture), { catalogue: null, report, notes })
}

/** Whether a file begins as GGUF files do. */
export async function isGguf(file: File): Promise<boolean> {
  return (await file.slice(0, 4).text()) === 'GGUF'
}

export const isSafetensors = ({ name }: File): boolean => /\.safetensors$/i.test(name)

const bytesOf =
  (file: File) =>
  async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(from, to).arrayBuffer())

/**
 * @param files all parts of one model
 * @throws ArchcostError where a header cannot be read, or lists no tensor and its architecture is not read
 */
export async function slotFromGguf(files: readonly File[], letter: Letter): Promise<Slot> {
  const { importGguf, readGguf } = await import('../../import/gguf/index.ts')
  const headers = await Promise.all(
    files.map((file) => readGguf(bytesOf(file), file.size, file.name)),
  )
  return slotFromImport(importGguf(headers), letter)
}

/**
 * @param files all parts of one model
 * @param config the text of the config.json beside them, if it was brought as well
 * @throws ArchcostError where a header or the config cannot be read
 */
export async function slotFromSafetensors(
  files: readonly File[],
  config: string | null,
  letter: Letter,
): Promise<Slot> {
  const tensors: Tensor[] = []
  for (const file of files)
    tensors.push(...(await readSafetensors(bytesOf(file), file.size, file.name)))
  const name = files[0]!.name.replace(/(-\d+-of-\d+)?\.safetensors$/i, '')
  return slotFromImport(
    importCheckpoint(tensors, config === null ? null : parse(config), name),
    letter,
  )
}

function parse(text: string): unknown {
  const read = readJson(text)
  if ('mistake' in read)
    throw new ArchcostError(
      'invalid_json',
      `config.json is not JSON: ${describeMistake(read.mistake)}`,
    )
  return read.value
}
