/** Finds the subcommand and runs it. */
import { version } from '../../package.json'
import { didYouMean } from '../formulas/nearest.ts'
import { type Command, helpText } from './command.ts'
import { UsageError } from './errors.ts'
import { print, say } from './output.ts'
import { readArguments } from './arguments.ts'
import { formulasOption, readOwnFormulas } from './own-formulas.ts'
import { thousandsNote } from './thousands.ts'

interface Listed {
  about: string
  /** Loaded when it is called, so that no command slows another down. */
  load: () => Promise<{ command: Command }>
  /** Whether it computes nothing from a MODEL, so that formula files of one's own mean nothing to it. */
  without_formulas?: true
}

/** The commands by what they are for, as the overview shows them. */
const groups: Record<string, Record<string, Listed>> = {
  cost: {
    cost: {
      about: 'parameters, FLOPs, cache: one model or several side by side',
      load: () => import('./commands/cost.ts'),
    },
    explain: {
      about: 'the derivation of a number, down to settings and sources',
      load: () => import('./commands/explain.ts'),
    },
    compare: {
      about: 'models against a baseline: differences, ratios, and why',
      load: () => import('./commands/compare.ts'),
    },
    batch: {
      about: 'costs of many models, a line of JSON each',
      load: () => import('./commands/batch.ts'),
    },
  },
  design: {
    size: {
      about: 'shapes for a budget of parameters or of a device, as a family has them',
      load: () => import('./commands/size.ts'),
    },
    solve: {
      about: 'which value of a setting meets a target or a budget',
      load: () => import('./commands/solve.ts'),
    },
    sweep: {
      about: 'what quantities do while settings walk through their values',
      load: () => import('./commands/sweep.ts'),
    },
    search: {
      about: 'the best shapes of a space under conditions, on all cores',
      load: () => import('./commands/search.ts'),
    },
    counterpart: {
      about: 'a model with something exchanged and a cost kept equal; where costs cross',
      load: () => import('./commands/counterpart.ts'),
    },
    sensitivity: {
      about: 'which settings move a quantity most',
      load: () => import('./commands/sensitivity.ts'),
    },
    transform: {
      about: 'a model with something about it changed: windows, experts, attention, depth, tying',
      load: () => import('./commands/transform.ts'),
    },
  },
  run: {
    fit: {
      about: 'what fits on devices: the fullest rank, sequences, context, devices needed',
      load: () => import('./commands/fit.ts'),
    },
  },
  'look up': {
    catalog: {
      about: 'published models, and computed counts against published ones',
      load: () => import('./commands/catalog.ts'),
      without_formulas: true,
    },
    dictionary: {
      about: 'terms of the field, and what is said of them, computed',
      load: () => import('./commands/dictionary.ts'),
      without_formulas: true,
    },
    import: {
      about: 'the architecture that a config.json describes',
      load: () => import('./commands/import.ts'),
      without_formulas: true,
    },
    verify: {
      about: 'a checkpoint against the architecture that its config describes',
      load: () => import('./commands/verify.ts'),
    },
    schema: {
      about: 'the JSON Schema of architecture documents',
      load: () => import('./commands/schema.ts'),
      without_formulas: true,
    },
    check: {
      about: 'whether formula files are right',
      load: () => import('./commands/check.ts'),
      without_formulas: true,
    },
  },
}

export const commands: Record<string, Listed> = Object.assign({}, ...Object.values(groups))

/** In few lines: what there is. `archcost help` says what each is for. */
function overview(): string {
  const width = Math.max(...Object.keys(groups).map((name) => name.length))
  return [
    'Usage: archcost COMMAND …',
    '',
    'What a language-model architecture costs: parameters, active parameters, FLOPs, cache.',
    '',
    ...Object.entries(groups).map(
      ([group, inside]) => `  ${group.padEnd(width)}  ${Object.keys(inside).join(', ')}`,
    ),
    '',
    'archcost cost llama-3.1-8b is a first one to try. archcost help says what each command is for,',
    'archcost COMMAND --help shows its options and examples.',
    '',
  ].join('\n')
}

/** Every command with what it is for. */
function listed(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  return Object.entries(groups)
    .map(([group, inside]) => {
      const lines = Object.entries(inside).map(
        ([name, { about }]) => `  ${name.padEnd(width)}  ${about}\n`,
      )
      return `${group[0]!.toUpperCase()}${group.slice(1)}\n${lines.join('')}`
    })
    .join('\n')
}

const isHelp = (word: string): boolean => ['help', '--help', '-h'].includes(word)

/** @returns the exit status */
export async function run([name, ...words]: string[]): Promise<number> {
  if (name === undefined) {
    say(overview())
    return 2
  }
  if (isHelp(name)) {
    if (words[0] !== undefined && !isHelp(words[0])) return run([words[0], '--help'])
    await print(name === 'help' ? listed() : overview())
    return 0
  }
  if (name === '--version') {
    await print(`${version}\n`)
    return 0
  }
  if (!Object.hasOwn(commands, name))
    throw new UsageError(
      `there is no command ${name}${didYouMean(name, Object.keys(commands)) || '; see archcost --help'}`,
    )
  const { load, without_formulas } = commands[name]!
  const { command: loaded } = await load()
  const command = without_formulas
    ? loaded
    : { ...loaded, options: { ...loaded.options, formulas: formulasOption } }
  const { operands, options, help, notes } = readArguments(name, command, words)
  for (const each of notes) say(`${each}\n`)
  if (help) {
    await print(helpText(name, command))
    return 0
  }
  if (options['formulas'] !== undefined) await readOwnFormulas(options['formulas'])
  const status = await command.run(operands, options)
  const note = thousandsNote(words)
  if (note !== null) say(note)
  return status
}
