/** Imports the config.json files of the catalogue and writes what the program reads. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { buildCatalog, catalogModules, type BuiltCatalog } from './build.ts'

const folder = 'src/import/catalog'
const readJson = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))

export function freshCatalog(): BuiltCatalog {
  const files = readdirSync(join(folder, 'configs'))
  const configs = files.map((file) => [basename(file, '.json'), readJson(join('configs', file))])
  return buildCatalog(readJson('index.json'), Object.fromEntries(configs))
}

export const generated = join(folder, 'generated')

/** Writes the catalogue; a model that the import refuses is left out, and said. */
export function writeCatalog(): void {
  const built = freshCatalog()
  mkdirSync(join(generated, 'models'), { recursive: true })
  for (const [name, code] of Object.entries(catalogModules(built))) {
    const file = join(generated, name)
    // An unchanged file keeps its time, so that nothing downstream is built again.
    if (!existsSync(file) || readFileSync(file, 'utf8') !== code) writeFileSync(file, code)
  }
  for (const { name, reason } of built.left_out) console.log(`left out: ${name}: ${reason}`)
  console.log(`${built.entries.length} models in the catalogue`)
}
