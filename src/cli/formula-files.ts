/** Formula files that a person names, and those of archcost that they are compiled with. */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { TextFile } from '../formulas/read-file.ts'
import { CommandError } from './errors.ts'
import { readText } from './read-text.ts'

/** The files given, each in the place of the one of archcost with its name, and those of archcost that they build on. */
export function withOwn(given: readonly TextFile[], all: readonly TextFile[]): TextFile[] {
  const names = new Set(given.map(({ file }) => basename(file)))
  const own = all.filter(({ file }) => !names.has(basename(file)))
  return [...beside(given, own), ...given]
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
    // A sentence may end with the name, and a file that stands here is in the folder `.`.
    (name) => name !== undefined && name !== '.' && isTakenFrom(name, text),
  )

const isTakenFrom = (name: string, text: string): boolean =>
  text.split(`${name}.`).some((after, index) => index > 0 && /^[a-z]/.test(after))

/** @throws CommandError where there is no such file, or no text in it */
export async function readFormulas(path: string): Promise<TextFile> {
  // The folder is part of what a file says, so a path has one.
  const file = path.replaceAll('\\', '/')
  return { file: file.includes('/') ? file : `./${file}`, text: await readText(path) }
}

/** The folder above this module that holds the formulas. */
export function packageRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'formulas', 'contract.yaml'))) {
    if (dirname(folder) === folder)
      throw new CommandError('the formulas folder of archcost is missing; install it again')
    folder = dirname(folder)
  }
  return folder
}
