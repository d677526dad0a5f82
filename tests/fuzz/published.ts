/** Inputs as they really come, which doors change: published configs, and the documents they are imported as. */
import { readdirSync, readFileSync } from 'node:fs'
import { ArchcostError, attempt } from '../../src/architecture/errors.ts'
import { importConfig } from '../../src/import/index.ts'
import type { Json } from './json-changes.ts'

type Config = { [key: string]: Json }

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${folder}/${file}`)

/** Those of the catalogue, and those that are held against measurements of the real model code. */
export const configs: readonly Config[] = [
  ...filesIn('src/import/catalog/configs').map((file) => read(file) as Config),
  ...filesIn('tests/oracle/cases').flatMap((file) =>
    (read(file) as { config: Config }[]).map(({ config }) => config),
  ),
]

/** Keys of all configs, also those inside; and texts that mean something in some: families, kinds of layers. */
export const configKeys = distinct(configs, keysIn)
export const configTexts = distinct(configs, textsIn)

/** What is imported from those that can be. */
export const documents: readonly Json[] = configs.flatMap((config) => {
  const imported = attempt(() => importConfig(config))
  return imported instanceof ArchcostError ? [] : [imported.architecture as unknown as Json]
})
export const documentKeys = distinct(documents, keysIn)
export const documentTexts = distinct(documents, textsIn)

function distinct(all: readonly Json[], inside: (json: Json) => string[]): readonly string[] {
  return [...new Set(all.flatMap(inside))]
}

function keysIn(json: Json): string[] {
  if (typeof json !== 'object' || json === null) return []
  const own = Array.isArray(json) ? [] : Object.keys(json)
  return [...own, ...Object.values(json).flatMap(keysIn)]
}

function textsIn(json: Json): string[] {
  if (typeof json === 'string') return [json]
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(textsIn) : []
}
