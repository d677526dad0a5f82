/** Checks the dictionary's files and writes what the program reads. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { compileDictionary, dictionaryModules } from './compile.ts'
import type { Entry } from './entry.ts'

const folder = 'formulas/dictionary'
const generated = 'src/dictionary/generated'

export function freshDictionary(): Entry[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  return compileDictionary(
    files.map((file) => ({
      file: `${folder}/${file}`,
      body: parse(readFileSync(join(folder, file), 'utf8')) as unknown,
    })),
  )
}

/** @throws Error saying which file is wrong, where, and what to do */
export function writeDictionary(): void {
  const entries = freshDictionary()
  mkdirSync(generated, { recursive: true })
  for (const [name, code] of Object.entries(dictionaryModules(entries))) {
    const file = join(generated, name)
    // An unchanged file keeps its time, so that nothing downstream is built again.
    if (!existsSync(file) || readFileSync(file, 'utf8') !== code) writeFileSync(file, code)
  }
  console.log(`${entries.length} entries in the dictionary`)
}
