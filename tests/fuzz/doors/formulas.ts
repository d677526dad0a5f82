/** A formula file: it compiles, or a message names the file, the place and the mistake. */
import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { compileFormulas } from '../../../src/formulas/compile.ts'
import { emitModules } from '../../../src/formulas/emit.ts'
import { FormulaError } from '../../../src/formulas/formula-error.ts'
import { loadFormulaFiles } from '../../../src/formulas/load.ts'
import { parseYaml } from '../../../src/formulas/yaml.ts'
import { door } from '../door.ts'
import { changed, changes, printed, type Json } from '../json-changes.ts'
import { mustHelp } from '../sound.ts'
import { changedText, textChanges } from '../text-changes.ts'

const all = loadFormulaFiles()
/** What every other file builds on. */
const shared = all.filter(
  ({ file }) => file.endsWith('contract.yaml') || file.includes('/functions/'),
)
const mistakes = readdirSync('tests/mistakes')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({
    file: `formulas/${file}`,
    text: readFileSync(`tests/mistakes/${file}`, 'utf8'),
  }))
const own = all.filter((file) => !shared.includes(file))

const words =
  'd_model n_new n_past params flops cache_bytes batch infinity none true null if( min( max( mod( sum( at( sqrt( normal_cdf(' +
  ' == <= ** ^ ?: 1e400 0/0 -1 expr: sum: role: kind: grows: cut: holds: over: default: choice: flag {a} given: expect: <<: *a &a !!js |' +
  ' zero: examples: settings: quantities: checks: source: block: contract: function: scenario:'

const text: fc.Arbitrary<{ file: string; text: string }> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...own, ...own, ...shared, ...mistakes),
      textChanges([...words.split(' '), '\n', '\n  ', ': ']),
    )
    .map(([{ file, text: before }, steps]) => ({ file, text: changedText(before, steps) })),
  // YAML reads JSON, so what a file holds can be changed as well as its letters.
  fc
    .tuple(fc.constantFrom(...own, ...shared), changes(words.split(' '), words.split(' ')))
    .map(([{ file, text: before }, steps]) => ({
      file,
      text: printed(changed(parseYaml(before) as Json, steps)),
    })),
)

export const formulas = door({
  name: 'formulas',
  inputs: 1000,
  input: text,
  check(given) {
    const others = shared.filter(({ file }) => file !== given.file)
    try {
      const compiled = compileFormulas([...others, given])
      compiled.errors.forEach(mustBeMistake)
      if (compiled.errors.length === 0) emitModules(compiled.formulas)
    } catch (error) {
      mustBeMistake(error)
    }
  },
  show: ({ file, text: written }) => `# ${file}\n${written}`,
})

/** A mistake of the file's author: what JavaScript trips over is one of the compiler's. */
function mustBeMistake(error: unknown): void {
  if (!(error instanceof FormulaError)) throw error
  const { cause, message } = error
  if (cause instanceof TypeError || cause instanceof RangeError) throw cause
  mustHelp(message)
}
