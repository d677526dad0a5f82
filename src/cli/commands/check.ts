/** `archcost check`: whether formula files are right, together with those that archcost has. */
import type { Formulas, Mechanism, SharedFunction } from '../../formulas/mechanism.ts'
import type { Command } from '../command.ts'
import { packageRoot, readFormulas, withOwn } from '../formula-files.ts'
import { print, say } from '../output.ts'
import { visible } from '../visible.ts'

export const command: Command = {
  operands: 'FILE.yaml…',
  takes: { min: 1, max: Infinity },
  about: [
    'Checks formula files: shape, names, cycles, the contract, units, worked examples. They are compiled together with the',
    'files of archcost, each in the place of the one with its name. formulas/README.md says what a file holds.',
  ].join('\n'),
  options: {},
  examples: [{ run: 'archcost check formulas/mixers/attention.yaml', about: 'one file' }],
  async run(paths) {
    // Loaded here and nowhere else: the compiler brings mathjs and a YAML parser.
    const { compileFormulas, FormulaError, loadFormulaFiles } =
      await import('../formula-compiler.ts')
    const given = await Promise.all(paths.map(readFormulas))
    try {
      const { formulas, errors } = compileFormulas(withOwn(given, loadFormulaFiles(packageRoot())))
      for (const { message } of errors) say(`${visible(message)}\n`)
      for (const { file } of given)
        if (!errors.some((error) => error.file === file))
          await print(`${file}: ${summary(file, formulas)}\n`)
      return errors.length > 0 ? 1 : 0
    } catch (error) {
      // Without a right contract nothing else can be checked.
      if (!(error instanceof FormulaError)) throw error
      say(`${visible(error.message)}\n`)
      return 1
    }
  },
}

function summary(file: string, { blocks, scenarios, functions }: Formulas): string {
  const found = [blocks, scenarios, functions]
    .flatMap((group): (Mechanism | SharedFunction)[] => Object.values(group))
    .find((each) => each.file === file)
  if (found === undefined) return 'right'
  const counts =
    'settings' in found
      ? [`${found.settings.length} settings`, `${found.definitions.length} equations`]
      : []
  return `right; ${[found.title, ...counts, `${found.examples.length} worked ${found.examples.length === 1 ? 'example' : 'examples'}`].join(', ')}`
}
