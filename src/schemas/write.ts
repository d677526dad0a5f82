/** Writes the JSON Schemas that the first line of each file under formulas/ names, so that editors complete and check it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { schemaOf, yamlFiles } from './file-schemas.ts'

const target = 'formulas/schemas'

export function writeSchemas(): void {
  mkdirSync(target, { recursive: true })
  for (const name of Object.keys(yamlFiles)) {
    const file = join(target, `${name}.json`)
    const text = `${JSON.stringify(schemaOf(name), null, 2)}\n`
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
  }
}
