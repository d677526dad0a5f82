/** Finds the model that a word on the command line means: a catalogue name, a file, a folder, standard input or a hub id. */
import { ArchcostError } from '../architecture/errors.ts'
import { didYouMean } from '../formulas/nearest.ts'
import { entries, loadModel } from '../import/catalog/index.ts'
import { hubId } from '../import/hub.ts'
import { CommandError } from './errors.ts'
import type { FoundModel } from './found-model.ts'
import { kindOfPath, nameOf } from './read-text.ts'

/** What a MODEL is, for help. */
export const modelWords = [
  'A MODEL is a name of the catalogue (archcost catalog lists them), a config.json or a folder that holds one, a GGUF or',
  'safetensors file or the index of such (headers alone are read), an architecture document, - for standard input, or an',
  'id of the hub such as org/name. Names and ids may be written in letters of either case. An id that the catalogue has',
  'is read from it; any other is the only use of the network (HF_ENDPOINT, HF_TOKEN and HF_HUB_DOWNLOAD_TIMEOUT are',
  'honoured).',
].join('\n')

/** @throws CommandError where there is no such model, ArchcostError where its file cannot be understood */
export async function findModel(word: string): Promise<FoundModel> {
  if (word.trim() === '')
    throw new CommandError('an empty text names no model; archcost catalog lists the names')
  if (entries.some(({ name }) => name === word)) return loadModel(word)
  // What reads all families is most of the program: it is loaded only where something is read.
  const reader = () => import('./read-model.ts')
  if (word === '-') return (await reader()).readFrom('input', word)
  const kind = await kindOfPath(word)
  if (kind !== null) return (await reader()).readFrom(kind, word)
  const known = inCatalogue(word)
  if (known !== undefined) return loadModel(known)
  if (/\.(\w*json|gguf|safetensors)$|^[./~]|\\/i.test(word))
    throw new CommandError(`there is no file ${word}`)
  if (hubId.test(word)) return (await reader()).readFrom('hub', word)
  if (/^[\w.[\]-]+=/.test(word))
    throw new CommandError(
      `${word} is no model; settings stand behind --set, with commas between them`,
    )
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
