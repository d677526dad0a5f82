/** `npm run formulas`: compiles formulas/ and writes the TypeScript that the engine runs. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compileFormulas } from './compile.ts'
import {
  emitDevices,
  emitFormatWords,
  emitWeightFormats,
  readDevices,
  readWeightFormats,
} from './data.ts'
import { emitModules } from './emit.ts'
import { emitMixtures, readMixtures } from './mixtures.ts'
import { FormulaError } from './formula-error.ts'
import { loadFormulaFiles } from './load.ts'
import type { Formulas } from './mechanism.ts'
import type { TextFile } from './read-file.ts'

const target = 'src/formulas/generated'

/** Checks and compiles formulas/, and writes what the engine runs; a file at fault ends the program with its message. */
export function writeFormulas(): void {
  const formulas = compile()
  const { contract } = formulas
  const modules = emitModules(formulas)
  const data = (file: string): TextFile => ({ file, text: readFileSync(file, 'utf8') })
  modules.set('devices.ts', emitDevices(readDevices(data('formulas/hardware.yaml'))))
  const formats = readWeightFormats(data('formulas/weight-formats.yaml'))
  modules.set('weight-formats.ts', emitWeightFormats(formats))
  modules.set('format-words.ts', emitFormatWords(formats))
  const mixtures = readdirSync('formulas/mixtures').map((name) =>
    readMixtures(data(join('formulas/mixtures', name)), formats, contract.classes.format),
  )
  modules.set('mixtures.ts', emitMixtures(mixtures))
  modules.set('fingerprint.ts', fingerprintOf(modules))
  for (const [path, code] of modules) {
    const file = join(target, path)
    mkdirSync(dirname(file), { recursive: true })
    // An unchanged file keeps its time, so that nothing downstream is built again.
    if (!existsSync(file) || readFileSync(file, 'utf8') !== code) writeFileSync(file, code)
  }
  for (const path of readdirSync(target, { recursive: true, encoding: 'utf8' }))
    if (path.endsWith('.ts') && !modules.has(path)) rmSync(join(target, path))
  const count = (folder: string): number =>
    [...modules.keys()].filter((path) => path.startsWith(`${folder}/`)).length
  console.log(`${count('blocks')} blocks, ${count('scenarios')} scenarios`)
}

/** Tells formulas apart that compute something else: what was computed with others is not gone on with. */
function fingerprintOf(modules: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([...modules]))
    .digest('hex')
  return `/** Of all formulas and data. */\nexport const fingerprint = '${hash}'\n`
}

/** The formulas; where one is wrong, its message ends the program. */
function compile(): Formulas {
  try {
    const { formulas, errors } = compileFormulas(loadFormulaFiles())
    if (errors.length === 0) return formulas
    for (const error of errors) console.error(error.message)
  } catch (error) {
    // A wrong contract: nothing else can be checked.
    if (!(error instanceof FormulaError)) throw error
    console.error(error.message)
  }
  return process.exit(1)
}

if (import.meta.filename === process.argv[1]) writeFormulas()
