/** The catalogue of published models: a list, and their architectures by name. */
import type { Imported } from '../index.ts'
import { entries } from './generated/entries.ts'
import { letters } from './generated/models.ts'

export { entries }
export type { CatalogEntry } from './entry.ts'

/** A model of the catalogue as its config.json was imported; the name must be one of `entries`. */
export async function loadModel(name: string): Promise<Imported> {
  const { models } = await letters[name[0]!]!()
  return JSON.parse(models[name]!) as Imported
}
