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

/** The TypeScript modules of the built catalogue, by file name. Texts of JSON load faster than literals. */
export function catalogModules({ entries, models }: BuiltCatalog): Record<string, string> {
  const head =
    '// Written by `npm run generate` from index.json and configs/. Changes here are lost.\n'
  const text = (value: unknown): string => JSON.stringify(JSON.stringify(value))
  const texts = Object.entries(models).map(
    ([name, each]) => `  ${JSON.stringify(name)}: ${text(each)},\n`,
  )
  return {
    'entries.ts': `${head}import type { CatalogEntry } from '../entry.ts'\n\nexport const entries = JSON.parse(\n  ${text(entries)},\n) as readonly CatalogEntry[]\n`,
    'models.ts': `${head}/** By name, the JSON of what its config.json is imported as. */\nexport const models: Readonly<Record<string, string>> = {\n${texts.join('')}}\n`,
  }
}
