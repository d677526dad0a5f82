/** `archcost check`: whether formula files are right, together with those that archcost has. */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Formulas, Mechanism, SharedFunction } from '../../formulas/mechanism.ts'
import type { TextFile } from '../../formulas/read-file.ts'
import type { Command } from '../command.ts'
import { CommandError } from '../errors.ts'
import { print, say } from '../output.ts'
import { readText } from '../read-text.ts'
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
    const given = await Promise.all(paths.map(readGiven))
    const names = new Set(given.map(({ file }) => basename(file)))
    const own = loadFormulaFiles(packageRoot()).filter(({ file }) => !names.has(basename(file)))
    try {
      const { formulas, errors } = compileFormulas([...beside(given, own), ...given])
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

/**
 * Of archcost's own files those that decide whether the given ones are right: what all build on, scenarios that take
 * something from a block that is given, and blocks that those scenarios, or given ones, take something from.
 */
function beside(given: readonly TextFile[], own: readonly TextFile[]): readonly TextFile[] {
  if (given.some(isShared)) return own
  const isScenario = ({ text }: TextFile): boolean => /^scenario:/m.test(text)
  const scenarios = own.filter(
    (each) => isScenario(each) && given.some((block) => mentions(each, block)),
  )
  const taking = [...given, ...scenarios].filter(isScenario)
  const blocks = own.filter(
    (each) => !isScenario(each) && taking.some((scenario) => mentions(scenario, each)),
  )
  return [...own.filter(isShared), ...scenarios, ...blocks.filter((each) => !isShared(each))]
}

/** Every file may use what a function or the contract says. */
const isShared = ({ text }: TextFile): boolean => /^(function|contract):/m.test(text)

/** Whether a file may take something from a block, by its name, its folder's, or what it is: `moe.top_k`, `experts.top_k`. */
const mentions = ({ text }: TextFile, { file, text: block }: TextFile): boolean =>
  [basename(file, '.yaml'), basename(dirname(file)), /^is: *(\w+)/m.exec(block)?.[1]].some(
    (name) => name !== undefined && text.includes(`${name}.`),
  )

async function readGiven(path: string): Promise<TextFile> {
  // The folder is part of what a file says, so a path has one.
  const file = path.replaceAll('\\', '/')
  return { file: file.includes('/') ? file : `./${file}`, text: await readText(path) }
}

/** The folder above this module that holds the formulas. */
function packageRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'formulas', 'contract.yaml'))) {
    if (dirname(folder) === folder)
      throw new CommandError('the formulas folder of archcost is missing; install it again')
    folder = dirname(folder)
  }
  return folder
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
