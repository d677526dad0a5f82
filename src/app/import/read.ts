/** What a visitor brings -> a model: a `config.json`, a document of archcost's own, or the header of a GGUF or safetensors file. */
import { ArchcostError, prepare } from '../../engine/index.ts'
import { importCheckpoint, readSafetensors } from '../../import/checkpoint.ts'
import type { Imported } from '../../import/index.ts'
import { describeMistake, readJson } from '../../import/json.ts'
import { readJsonModel } from '../../import/read-json.ts'
import type { Letter } from '../models/letters.ts'
import { slotOf, type Slot } from '../models/slot.ts'

/** @throws ArchcostError that says what is wrong and where */
export function slotFromText(text: string, name: string | null, letter: Letter): Slot {
  const read = readJsonModel(parse(text), name)
  return read.kind === 'document'
    ? slotOf(letter, prepare(read.document), { catalogue: null, report: null, notes: [] })
    : slotFromImport(read.imported, letter)
}

function slotFromImport({ architecture, report, notes }: Imported, letter: Letter): Slot {
  return slotOf(letter, prepare(architecture), { catalogue: null, report, notes })
}

/** Whether a file begins as GGUF files do. */
export async function isGguf(file: File): Promise<boolean> {
  return (await file.slice(0, 4).text()) === 'GGUF'
}

const bytesOf =
  (file: File) =>
  async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(from, to).arrayBuffer())

/** @throws ArchcostError where its header cannot be read, or lists no tensor and its architecture is not read */
export async function slotFromGguf(file: File, letter: Letter): Promise<Slot> {
  const { importGguf, readGguf } = await import('../../import/gguf/index.ts')
  const header = await readGguf(bytesOf(file), file.size, file.name)
  return slotFromImport(importGguf([header]), letter)
}

/** @throws ArchcostError where its header cannot be read */
export async function slotFromSafetensors(file: File, letter: Letter): Promise<Slot> {
  const tensors = await readSafetensors(bytesOf(file), file.size, file.name)
  const name = file.name.replace(/\.safetensors$/i, '')
  return slotFromImport(importCheckpoint(tensors, null, name), letter)
}

function parse(text: string): unknown {
  const read = readJson(text)
  if ('mistake' in read)
    throw new ArchcostError('invalid_json', `This is not JSON: ${describeMistake(read.mistake)}`)
  return read.value
}
