/** Builds the catalogue from its index and its config.json files; write.ts reads and writes the files. */
import * as z from 'zod'
import { ArchcostError } from '../../architecture/errors.ts'
import { importConfig, modelTypes, type Imported } from '../index.ts'
import { indexEntry, type CatalogEntry, type IndexEntry } from './entry.ts'

export interface BuiltCatalog {
  entries: CatalogEntry[]
  models: Record<string, Imported>
  /** Models whose family or mechanism is not modelled, and which. They come in when it is. */
  left_out: { name: string; reason: string }[]
}

/**
 * @param index the contents of index.json
 * @param configs the contents of configs/, by name
 * @throws Error that names the model where one cannot be imported, or where index and files differ
 */
export function buildCatalog(
  index: unknown,
  configs: Readonly<Record<string, unknown>>,
): BuiltCatalog {
  const listed = z.array(indexEntry).parse(index)
  const names = new Set(listed.map(({ name }) => name))
  if (names.size < listed.length) throw new Error('index.json lists a name twice')
  const stray = Object.keys(configs).find((name) => !names.has(name))
  if (stray !== undefined) throw new Error(`index.json does not list configs/${stray}.json`)

  const built: BuiltCatalog = { entries: [], models: {}, left_out: [] }
  for (const entry of listed) {
    const { name } = entry
    const imported = importOne(name, configs[name])
    if ('reason' in imported) {
      built.left_out.push({ name, reason: imported.reason })
      continue
    }
    const { architecture, report, notes } = imported
    built.models[name] = { architecture: { ...architecture, name }, report, notes }
    built.entries.push({ ...entry, title: titleOf(entry), model_type: architecture.model_type! })
  }
  return built
}

const titleOf = ({ hub, variant }: IndexEntry): string =>
  [hub.slice(hub.indexOf('/') + 1), variant].filter(Boolean).join(' ')

/** The catalogue holds no guesses: a family that is not known stays out, even where it reads as a plain transformer. */
function importOne(name: string, config: unknown): Imported | { reason: string } {
  try {
    const imported = importConfig(config)
    const { model_type = 'without a name' } = imported.architecture
    return modelTypes().includes(model_type)
      ? imported
      : { reason: `the family ${model_type} is not known` }
  } catch (error) {
    const { message } = error as Error
    if (error instanceof ArchcostError) return { reason: message }
    throw new Error(`${name} cannot be imported: ${message}`, { cause: error })
  }
}

const head =
  '// Written by `npm run generate` from index.json and configs/. Changes here are lost.\n'

/** A text of JSON, which loads faster than a literal. */
const text = (value: unknown): string => JSON.stringify(JSON.stringify(value))

/** The TypeScript modules of the built catalogue, by file name. */
export const catalogModules = ({ entries, models }: BuiltCatalog): Record<string, string> => ({
  'entries.ts': `${head}import type { CatalogEntry } from '../entry.ts'\n\nexport const entries = JSON.parse(\n  ${text(entries)},\n) as readonly CatalogEntry[]\n`,
  ...modelModules(models),
})

/** A module for each first letter: one model is loaded without most others, and all of them in few files. */
function modelModules(models: BuiltCatalog['models']): Record<string, string> {
  const names = Object.keys(models)
  const letters = [...new Set(names.map((name) => name[0]!))]
  const modules = letters.map((letter): [string, string] => {
    const texts = names
      .filter((name) => name.startsWith(letter))
      .map((name) => `  ${JSON.stringify(name)}: ${text(models[name])},\n`)
    return [
      `models/${letter}.ts`,
      `${head}/** By name, the JSON of what its config.json is imported as. */\nexport const models: Readonly<Record<string, string>> = {\n${texts.join('')}}\n`,
    ]
  })
  const loaders = letters.map(
    (letter) =>
      `  ${JSON.stringify(letter)}: () => import(${JSON.stringify(`./models/${letter}.ts`)}),\n`,
  )
  return {
    'models.ts': `${head}/** What loads the models, by the first letter of their names. */\nexport const letters: Readonly<\n  Record<string, () => Promise<{ models: Readonly<Record<string, string>> }>>\n> = {\n${loaders.join('')}}\n`,
    ...Object.fromEntries(modules),
  }
}
