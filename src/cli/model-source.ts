/** Finds the model that a word on the command line means: a catalogue name, a file, a folder, standard input or a hub id. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ArchcostError } from '../architecture/errors.ts'
import { didYouMean } from '../formulas/nearest.ts'
import { entries, loadModel } from '../import/catalog/index.ts'
import { fetchConfig, hubId, type Hub } from '../import/hub.ts'
import { importConfig } from '../import/index.ts'
import { describeMistake, readJson } from '../import/json.ts'
import type { ImportReport, Note } from '../import/report.ts'
import { CommandError } from './errors.ts'
import { nameOf, readText } from './read-text.ts'

/** What a MODEL is, for help. */
export const modelWords = [
  'A MODEL is a name of the catalogue (archcost catalog lists them), a config.json or a folder that holds one, a GGUF',
  'file, an architecture document, - for standard input, or an id of the hub such as org/name. Names and ids may be',
  'written in letters of either case. An id that the catalogue has is read from it; any other is the only use of the',
  'network (HF_ENDPOINT and HF_TOKEN are honoured).',
].join('\n')

/** A model before its architecture is checked. */
export interface FoundModel {
  architecture: unknown
  /** null for architecture documents, which are read whole. */
  report: ImportReport | null
  notes: readonly Note[]
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
  if (kind === 'file') return readModel(await readText(word), word, nameOfFile(word))
  if (kind === 'folder') return fromFolder(word)
  const known = inCatalogue(word)
  if (known !== undefined) return loadModel(known)
  if (/\.(\w*json|gguf)$|^[./~]|\\/i.test(word)) throw new CommandError(`there is no file ${word}`)
  if (hubId.test(word)) return readModel(await fetchFromHub(word), word, word)
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
  if ((await kindOfPath(file)) !== 'file')
    throw new CommandError(`the folder ${folder} holds no config.json`)
  return readModel(await readText(file), file, nameOfFile(file))
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

async function fetchFromHub(id: string): Promise<string> {
  try {
    return await fetchConfig(id, hubFromEnvironment())
  } catch (error) {
    throw new CommandError((error as Error).message)
  }
}

/** Reads the text of a config.json or of an architecture document. */
function readModel(text: string, from: string, name?: string): FoundModel {
  const read = readJson(text)
  if ('mistake' in read)
    throw new ArchcostError('invalid_json', `${from} is not JSON: ${describeMistake(read.mistake)}`)
  const json = read.value
  if (isArchitecture(json)) return { architecture: json, report: null, notes: [] }
  const { architecture, report, notes } = importConfig(json)
  return {
    architecture: name === undefined ? architecture : { ...architecture, name },
    report,
    notes,
  }
}

/** An architecture document is known by its stacks; no config.json has them. */
export const isArchitecture = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && Object.hasOwn(json, 'stacks')
