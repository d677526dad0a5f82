/** What a visitor brings -> a model: a `config.json`, a document of archcost's own, or the header of a GGUF file. */
import { ArchcostError, prepare } from '../../engine/index.ts'
import { importConfig, type Imported } from '../../import/index.ts'
import { describeMistake, readJson } from '../../import/json.ts'
import type { Letter } from '../models/letters.ts'
import { slotOf, type Slot } from '../models/slot.ts'

/** @throws ArchcostError that says what is wrong and where */
export function slotFromText(text: string, name: string | null, letter: Letter): Slot {
  const json = parse(text)
  if (isDocument(json))
    return slotOf(letter, prepare(json), { catalogue: null, report: null, notes: [] })
  return slotFromImport(importConfig(json), name, letter)
}

function slotFromImport(imported: Imported, name: string | null, letter: Letter): Slot {
  const { architecture, report, notes } = imported
  const document = name === null ? architecture : { ...architecture, name }
  return slotOf(letter, prepare(document), { catalogue: null, report, notes })
}

/** Whether a file begins as GGUF files do. */
export async function isGguf(file: File): Promise<boolean> {
  return (await file.slice(0, 4).text()) === 'GGUF'
}

/** @throws ArchcostError where its header cannot be read, or its architecture is not */
export async function slotFromGguf(file: File, letter: Letter): Promise<Slot> {
  const { importGguf, readGguf } = await import('../../import/gguf/index.ts')
  const read = async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(from, to).arrayBuffer())
  const header = await readGguf(read, file.size, file.name)
  return slotFromImport(importGguf([header]), null, letter)
}

function parse(text: string): unknown {
  const read = readJson(text)
  if ('mistake' in read)
    throw new ArchcostError('invalid_json', `This is not JSON: ${describeMistake(read.mistake)}`)
  return read.value
}

const isDocument = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'stacks' in json
