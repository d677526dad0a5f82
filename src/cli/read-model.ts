/** Reads a model from what it is written in: a file, a folder, standard input, or files of the hub. */
import { setTimeout } from 'node:timers/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ArchcostError } from '../architecture/errors.ts'
import { checkDocument } from '../engine/index.ts'
import { importCheckpoint } from '../import/checkpoint.ts'
import { fetchConfig, HubError, type Hub } from '../import/hub.ts'
import { fetchTensors } from '../import/hub-checkpoint.ts'
import { describeMistake, readJson } from '../import/json.ts'
import { readJsonModel } from '../import/read-json.ts'
import type { Tensor } from '../import/verify/index.ts'
import { holdsCheckpoint, isOfCheckpoint, readCheckpoint, readCheckpointOf } from './checkpoint.ts'
import { CommandError } from './errors.ts'
import type { FoundModel } from './found-model.ts'
import { kindOfPath, nameOf, readText } from './read-text.ts'
import { surroundings } from './surroundings.ts'

/** A model whose architecture may yet be what none can be, such as that of a header with numbers from nowhere. */
type Unchecked = Omit<FoundModel, 'architecture'> & { architecture: unknown }

const readers = { input: fromInput, file: fromFile, folder: fromFolder, hub: fromHub }

/**
 * Reads what stands there and checks it.
 * @param word the path or id; nothing is read from that of standard input
 * @throws CommandError where there is nothing to read, ArchcostError where it is not understood
 */
export async function readFrom(place: keyof typeof readers, word: string): Promise<FoundModel> {
  const found = await readers[place](word)
  return { ...found, architecture: checkDocument(found.architecture) }
}

async function fromInput(): Promise<Unchecked> {
  return readModel(await readText('-'), nameOf('-'))
}

async function fromFile(path: string): Promise<Unchecked> {
  // Its reader is loaded only where it is needed.
  if (/\.gguf$/i.test(path)) return (await import('./gguf-file.ts')).modelOfGguf(path)
  if (isOfCheckpoint(path)) return fromCheckpoint(path)
  return readModel(await readText(path), path, nameOfFile(path))
}

async function fromFolder(folder: string): Promise<Unchecked> {
  const file = join(folder, 'config.json')
  const has_config = (await kindOfPath(file)) === 'file'
  if (await holdsCheckpoint(folder)) return fromWeights(folder, has_config ? file : null)
  if (!has_config)
    throw new CommandError(`the folder ${folder} holds no config.json and no safetensors file`)
  return readModel(await readText(file), file, nameOfFile(file))
}

/** A config.json alone will do where weights are not there in whole, as in a folder without large files. */
async function fromWeights(folder: string, config: string | null): Promise<Unchecked> {
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
async function fromCheckpoint(path: string): Promise<Unchecked> {
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

/** Where the hub is, what it is shown and how long it is waited for: the environment, as the hub's own tools read it. */
function hubFromEnvironment(): Hub {
  const { env } = surroundings()
  return {
    endpoint: (env['HF_ENDPOINT'] || 'https://huggingface.co').replace(/\/+$/, ''),
    token: env['HF_TOKEN'] || undefined,
    patience_seconds: Number(env['HF_HUB_DOWNLOAD_TIMEOUT']) || 20,
    fetch,
    sleep: (milliseconds, signal) => setTimeout(milliseconds, null, { signal }),
    instead: 'give a config.json as a file',
    to_open: 'accept its terms on the hub and set HF_TOKEN',
  }
}

/** Reads a model of the hub by its config.json; what no formulas read, or has none, by the headers of its weights. */
async function fromHub(id: string): Promise<Unchecked> {
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
const readModel = (text: string, from: string, name?: string): Unchecked =>
  importedFrom(parsed(text, from), name ?? null)

function parsed(text: string, from: string): unknown {
  const read = readJson(text)
  if ('mistake' in read)
    throw new ArchcostError('invalid_json', `${from} is not JSON: ${describeMistake(read.mistake)}`)
  return read.value
}

function importedFrom(json: unknown, name: string | null): Unchecked {
  const read = readJsonModel(json, name)
  return read.kind === 'document'
    ? { architecture: read.document, report: null, notes: [] }
    : read.imported
}
