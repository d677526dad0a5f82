/** Reads the words after a command's name by the command's own list of options. */
import { parseArgs } from 'node:util'
import { didYouMean } from '../formulas/nearest.ts'
import type { Command, Options, OptionSpec } from './command.ts'
import { UsageError } from './errors.ts'

export interface Arguments {
  operands: string[]
  options: Options
  help: boolean
  /** What is said of options that have another name now. */
  notes: string[]
}

/** @throws UsageError that says what is wrong, with the nearest option or value */
export function readArguments(name: string, command: Command, words: string[]): Arguments {
  // What follows one dash is read letter by letter, each time moving all that is left.
  const endless = words.find((word) => /^-[^-]/.test(word) && word.length > 1000)
  if (endless !== undefined) throw new UsageError(`${name} has no option ${endless}`)
  const specs: Record<string, OptionSpec> = { ...command.options, help: { about: '' } }
  const renamed = command.renamed ?? {}
  const { tokens } = parseArgs({
    args: words,
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(
        [
          ...Object.entries(specs),
          ...Object.entries(renamed).map(([old, now]) => [old, specs[now]!] as const),
        ].map(([option, spec]) => [
          option,
          { type: takesValue(spec) ? 'string' : 'boolean' } as const,
        ]),
      ),
      // The one short option.
      help: { type: 'boolean', short: 'h' },
    },
  })
  const see = `see archcost ${name} --help`
  const options: Record<string, string> = {}
  const operands: string[] = []
  const notes: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(renamed, token.name) ? renamed[token.name]! : token.name
    const spec = Object.hasOwn(specs, option) ? specs[option]! : undefined
    if (spec === undefined) {
      const near = didYouMean(token.name, Object.keys(specs)).replace('mean ', 'mean --')
      throw new UsageError(`${name} has no option ${token.rawName}${near || `; ${see}`}`)
    }
    if (option in options && !isList(spec))
      throw new UsageError(`--${option} is given twice; give it once`)
    const value = takesValue(spec)
      ? valueOf(option, spec, token.value, token.inlineValue)
      : switched(option, token.value)
    options[option] = option in options ? `${options[option]},${value}` : value
    if (option !== token.name)
      notes.push(`--${token.name} is --${option} now; the next release knows it by that name alone`)
  }
  const help = options['help'] !== undefined
  if (!help) checkCount(name, command, operands, see)
  return { operands, options, help, notes }
}

/** A list may be given in one option or in several. */
const isList = ({ value }: OptionSpec): boolean => value?.endsWith(',…') === true

const takesValue = (spec: OptionSpec): boolean => spec.value !== undefined || spec.of !== undefined

function valueOf(
  name: string,
  spec: OptionSpec,
  value: string | undefined,
  inline: boolean | undefined,
): string {
  // A word that looks like an option is one: `--context --batch 2` has forgotten the context.
  if (value === undefined || (!inline && /^--?[a-z]/i.test(value)))
    throw new UsageError(
      `--${name} needs a value${spec.of ? `: ${spec.of.join(', ')}` : `, as in --${name} ${spec.value}`}`,
    )
  if (spec.of && !spec.of.includes(value))
    throw new UsageError(
      `--${name} is one of ${spec.of.join(', ')}, not "${value}"${didYouMean(value, spec.of)}`,
    )
  return value
}

function switched(name: string, value: string | undefined): string {
  if (value !== undefined) throw new UsageError(`--${name} takes no value`)
  return 'true'
}

function checkCount(
  name: string,
  { operands: names, takes }: Command,
  operands: string[],
  see: string,
): void {
  if (operands.length < takes.min) throw new UsageError(`${name} needs ${names}; ${see}`)
  if (operands.length > takes.max)
    throw new UsageError(
      takes.max === 0
        ? `${name} takes nothing but options, not also ${operands[0]}; ${see}`
        : `${name} takes ${names} and nothing more, not also ${operands[takes.max]}; ${see}`,
    )
}
