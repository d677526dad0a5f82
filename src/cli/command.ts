/** What a subcommand is, and its help. */
import { wrapped } from './wrap.ts'

export interface OptionSpec {
  /** What its value is called in help; without it the option is a switch. */
  value?: string
  /** The values it takes, where these are few; the first is the default. */
  of?: readonly string[]
  about: string
}

/** Values by option; a switch that is given is 'true'. */
export type Options = Readonly<Record<string, string | undefined>>

export interface Command {
  /** What stands behind the command's name: `MODEL…`. */
  operands: string
  /** How many operands it takes. */
  takes: { min: number; max: number }
  about: string
  options: Readonly<Record<string, OptionSpec>>
  /** Options of the last release that have another name now; they are understood, and answered with it. */
  renamed?: Readonly<Record<string, string>>
  examples: readonly { run: string; about: string }[]
  /** @returns the exit status */
  run(operands: readonly string[], options: Options): Promise<number>
}

/** The text that `archcost NAME --help` prints. */
export function helpText(name: string, command: Command): string {
  const flags = { ...command.options, help: { about: 'print this' } }
  const rows = Object.entries<OptionSpec>(flags).map(
    ([option, spec]) => [`--${option}${valueName(spec)}`, spec.about] as const,
  )
  const width = Math.max(...rows.map(([flag]) => flag.length))
  return [
    `Usage: archcost ${[name, command.operands, '[options]'].filter((word) => word !== '').join(' ')}`,
    '',
    command.about,
    '',
    'Options:',
    ...rows.flatMap(([flag, about]) => {
      const [first = '', ...others] = wrapped(about, ' '.repeat(width + 4))
      return [`  ${flag.padEnd(width)}${first.slice(width + 2)}`, ...others]
    }),
    '',
    'Examples:',
    ...command.examples.flatMap(({ run, about }) => [`  # ${about}`, `  ${run}`]),
    '',
  ].join('\n')
}

const valueName = ({ value, of }: OptionSpec): string =>
  of ? ` ${of.join('|')}` : value ? ` ${value}` : ''
