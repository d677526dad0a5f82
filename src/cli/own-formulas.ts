/** `--formulas`: blocks of formula files that are no part of archcost, known for as long as a command runs. */
import type { TextFile } from '../formulas/read-file.ts'
import type { OptionSpec } from './command.ts'
import { CommandError } from './errors.ts'
import { packageRoot, readFormulas, withOwn } from './formula-files.ts'

export const formulasOption: OptionSpec = {
  value: 'FILE.yaml,…',
  about:
    'blocks of your own, from formula files (formulas/README.md says what they hold); each in the place of the one with its name',
}

let known: readonly TextFile[] = []

/** The files that are known by now; threads learn them again. */
export const ownFormulas = (): readonly TextFile[] => known

/** @throws CommandError where a file cannot be read, is wrong, or holds no block */
export async function readOwnFormulas(text: string): Promise<void> {
  const paths = text.split(',').filter((path) => path.trim() !== '')
  if (paths.length === 0) throw new CommandError('--formulas names no file')
  await learnFormulas(await Promise.all(paths.map(readFormulas)))
}

/** @throws CommandError where a file is wrong or holds no block */
export async function learnFormulas(files: readonly TextFile[]): Promise<void> {
  // The compiler brings mathjs and a YAML parser.
  const { compileFormulas, FormulaError, learn, loadFormulaFiles, ownBlock } =
    await import('./formula-compiler.ts')
  try {
    const { formulas, errors } = compileFormulas(withOwn(files, loadFormulaFiles(packageRoot())))
    if (errors.length > 0) throw errors[0]!
    const blocks = files.map(({ file }) => {
      const block = Object.values(formulas.blocks).find((each) => each.file === file)
      if (block) return ownBlock(block, formulas)
      throw new CommandError(`${file} is no block; --formulas takes files that begin with block:`)
    })
    learn(blocks)
    known = files
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    throw new CommandError(error.message)
  }
}
