/** Finds the model that a word on the command line means: a catalogue name, a file, a folder, standard input or a hub id. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ArchcostError } from '../architecture/errors.ts'
import { didYouMean } from '../formulas/nearest.ts'
import { entries, loadModel } from '../import/catalog/index.ts'
import { importCheckpoint } from '../import/checkpoint.ts'
import type { Stored } from '../import/header/index.ts'
import { fetchConfig, HubError, hubId, type Hub } from '../import/hub.ts'
import { fetchTensors } from '../import/hub-checkpoint.ts'
import { describeMistake, readJson } from '../import/json.ts'
import { readJsonModel } from '../import/read-json.ts'
import type { ImportReport, Note } from '../import/report.ts'
import type { Tensor } from '../import/verify/index.ts'
import { holdsCheckpoint, isOfCheckpoint, readCheckpoint, readCheckpointOf } from './checkpoint.ts'
import { CommandError } from './errors.ts'
import { nameOf, readText } from './read-text.ts'

/** What a MODEL is, for help. */
export const modelWords = [
  'A MODEL is a name of the catalogue (archcost catalog lists them), a config.json or a folder that holds one, a GGUF or',
  'safetensors file or the index of such (headers alone are read), an architecture document, - for standard input, or an',
  'id of the hub such as org/name. Names and ids may be written in letters of either case. An id that the catalogue has',
  'is read from it; any other is the only use of the network (HF_ENDPOINT and HF_TOKEN are honoured).',
].join('\n')

/** A model before its architecture is checked. */
export interface FoundModel {
  architecture: unknown
  /** null for architecture documents, which are read whole. */
  report: ImportReport | null
  notes: readonly Note[]
  /** What the tensors of a header take; undefined where none was read. */
  stored?: Stored
}

/** @throws CommandError where there is no such model, ArchcostError where its file cannot be understood */
export async function findModel(word: string): Promise<FoundModel> {
  if (word.trim() === '')
    throw new CommandError('an empty text names no model; archcost catalog lists the names')
  if (word === '-') return readModel(await readText(word), nameOf(word))
  if (entries.some(({ name }) => name === word)) return loadModel(word)
  const kind = await kindOfPath(word)
  // Its reader is loaded only where it is needed.
  if (kind === 'file' && /\.gguf$/i.test(word))
    return (await import('./gguf-file.ts')).modelOfGguf(word)
  if (kind === 'file' && isOfCheckpoint(word)) return fromCheckpoint(word)
  if (kind === 'file') return readModel(await readText(word), word, nameOfFile(word))
  if (kind === 'folder') return fromFolder(word)
  const known = inCatalogue(word)
  if (known !== undefined) return loadModel(known)
  if (/\.(\w*json|gguf|safetensors)$|^[./~]|\\/i.test(word))
    throw new CommandError(`there is no file ${word}`)
  if (hubId.test(word)) return fromHub(word)
  throw new CommandError(
    `there is no model ${word} in the catalogue and no such file${
      didYouMean(
        word,
        entries.map(({ name }) => name),
      ) || '; archcost catalog lists the names'
    }`,
  )
}

/** The name of a model of the catalogue, by its name or its id on the hub, in letters of either case. */
function inCatalogue(word: string): string | undefined {
  const wanted = word.toLowerCase()
  const same = (text: string): boolean => text.toLowerCase() === wanted
  // Where the hub knows two by one id, what sets the other apart stands beside it.
  const found =
    entries.find(({ name }) => same(name)) ??
    entries.find(({ hub, variant }) => same(hub) && variant === undefined)
  return found?.name
}

/**
 * What `read` makes of each model, in order.
 * @throws ArchcostError, CommandError that name the model where there are several
 */
export async function eachModel<Made>(
  words: readonly string[],
  read: (word: string) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = []
  for (const word of words)
    try {
      made.push(await read(word))
    } catch (error) {
      // What is no text or no JSON is named where it is read.
      const isNamed = !(error instanceof ArchcostError) || error.code === 'invalid_json'
      if (words.length === 1 || isNamed) throw error
      throw new ArchcostError(error.code, error.message, nameOf(word))
    }
  return made
}

async function kindOfPath(path: string): Promise<'file' | 'folder' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch {
    return null
  }
}

async function fromFolder(folder: string): Promise<FoundModel> {
  const file = join(folder, 'config.json')
  const has_config = (await kindOfPath(file)) === 'file'
  if (await holdsCheckpoint(folder)) return fromWeights(folder, has_config ? file : null)
  if (!has_config)
    throw new CommandError(`the folder ${folder} holds no config.json and no safetensors file`)
  return readModel(await readText(file), file, nameOfFile(file))
}

/** A config.json alone will do where weights are not there in whole, as in a folder without large files. */
async function fromWeights(folder: string, config: string | null): Promise<FoundModel> {
  const name = basename(resolve(folder))
  if (config === null) return importCheckpoint((await readCheckpoint(folder)).tensors, null, name)
  const json = parsed(await readText(config), config)
  let tensors: readonly Tensor[] = []
  try {
    tensors = (await readCheckpoint(folder)).tensors
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof ArchcostError)) throw error
    const found = importedFrom(json, name)
    const text = `the weights beside the config.json are not read: ${error.message}`
    return { ...found, notes: [...found.notes, { level: 'info', text }] }
  }
  return importCheckpoint(tensors, json, name)
}

/** A safetensors file or an index, with the config.json that stands beside it. */
async function fromCheckpoint(path: string): Promise<FoundModel> {
  const { tensors } = await readCheckpointOf(path)
  const config = join(dirname(path), 'config.json')
  const has_config = (await kindOfPath(config)) === 'file'
  const json = has_config ? parsed(await readText(config), config) : null
  const own = basename(path).replace(/\.safetensors(\.index\.json)?$/, '')
  const name = /^model(-\d{5}-of-\d{5})?$/.test(own) ? basename(dirname(resolve(path))) : own
  return importCheckpoint(tensors, json, name)
}

/** A config.json does not name its model; its folder usually does. */
const nameOfFile = (file: string): string =>
  basename(file) === 'config.json' ? basename(dirname(resolve(file))) : basename(file, '.json')

/** Where the hub is: HF_ENDPOINT and HF_TOKEN, as its own tools read them. */
const hubFromEnvironment = (): Hub => ({
  endpoint: (process.env['HF_ENDPOINT'] || 'https://huggingface.co').replace(/\/+$/, ''),
  token: process.env['HF_TOKEN'] || undefined,
  patience_seconds: 20,
  fetch,
  instead: 'give a config.json as a file',
  to_open: 'accept its terms on the hub and set HF_TOKEN',
})

/** By its config.json; what no formulas read, or has none, by the headers of its weights. */
async function fromHub(id: string): Promise<FoundModel> {
  const hub = hubFromEnvironment()
  const text = await fetchConfig(id, hub).catch((error: unknown) => error as Error)
  const json = typeof text === 'string' ? parsed(text, id) : null
  try {
    if (text instanceof Error) throw text
    return importedFrom(json, id)
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code !== 'unsupported' && code !== 'no_config') throw asCommandError(error)
    const tensors = await fetchTensors(id, hub).catch(() => null)
    if (tensors === null) throw asCommandError(error)
    return importCheckpoint(tensors, json, id)
  }
}

const asCommandError = (error: unknown): unknown =>
  error instanceof HubError ? new CommandError(error.message) : error

/** Reads the text of a config.json, of an architecture document, or of a header. */
const readModel = (text: string, from: string, name?: string): FoundModel =>
  importedFrom(parsed(text, from), name ?? null)

function parsed(text: string, from: string): unknown {
  const read = readJson(text)
  if ('mistake' in read)
    throw new ArchcostError('invalid_json', `${from} is not JSON: ${describeMistake(read.mistake)}`)
  return read.value
}

function importedFrom(json: unknown, name: string | null): FoundModel {
  const read = readJsonModel(json, name)
  return read.kind === 'document'
    ? { architecture: read.document, report: null, notes: [] }
    : read.imported
}
