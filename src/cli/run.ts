/** Finds the subcommand and runs it. */
import { version } from '../../package.json'
import { didYouMean } from '../formulas/nearest.ts'
import { type Command, helpText } from './command.ts'
import { UsageError } from './errors.ts'
import { print, say } from './output.ts'
import { readArguments } from './arguments.ts'

/** Each loaded when it is called, so that none slows another down. */
export const commands: Record<
  string,
  { about: string; load: () => Promise<{ command: Command }> }
> = {
  cost: {
    about: 'parameters, FLOPs, cache: one model or several side by side',
    load: () => import('./commands/cost.ts'),
  },
  explain: {
    about: 'the derivation of a number, down to settings and sources',
    load: () => import('./commands/explain.ts'),
  },
  batch: {
    about: 'costs of many models, a line of JSON each',
    load: () => import('./commands/batch.ts'),
  },
  import: {
    about: 'the architecture that a config.json describes',
    load: () => import('./commands/import.ts'),
  },
  dictionary: {
    about: 'terms of the field, and what is said of them, computed',
    load: () => import('./commands/dictionary.ts'),
  },
  catalog: {
    about: 'published models, and computed counts against published ones',
    load: () => import('./commands/catalog.ts'),
  },
  compare: {
    about: 'models against a baseline: differences, ratios, and why',
    load: () => import('./commands/compare.ts'),
  },
  sweep: {
    about: 'what quantities do while settings walk through their values',
    load: () => import('./commands/sweep.ts'),
  },
  solve: {
    about: 'which value of a setting meets a target or a budget',
    load: () => import('./commands/solve.ts'),
  },
  size: {
    about: 'shapes for a budget of parameters or of a device, as a family has them',
    load: () => import('./commands/size.ts'),
  },
  counterpart: {
    about: 'a model with something exchanged and a cost kept equal; where costs cross',
    load: () => import('./commands/counterpart.ts'),
  },
  sensitivity: {
    about: 'which settings move a quantity most',
    load: () => import('./commands/sensitivity.ts'),
  },
  search: {
    about: 'the best shapes of a space under conditions, on all cores',
    load: () => import('./commands/search.ts'),
  },
  transform: {
    about: 'a model with something about it changed: windows, experts, attention, depth, tying',
    load: () => import('./commands/transform.ts'),
  },
  verify: {
    about: 'a checkpoint against the architecture that its config describes',
    load: () => import('./commands/verify.ts'),
  },
  schema: {
    about: 'the JSON Schema of architecture documents',
    load: () => import('./commands/schema.ts'),
  },
  check: { about: 'whether formula files are right', load: () => import('./commands/check.ts') },
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  return [
    'Usage: archcost COMMAND …',
    '',
    'What a language-model architecture costs: parameters, active parameters, FLOPs, cache.',
    '',
    'Commands:',
    ...Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`),
    '',
    'archcost COMMAND --help shows options and examples.',
    '',
  ].join('\n')
}

/** @returns the exit status */
export async function run([name, ...words]: string[]): Promise<number> {
  if (name === undefined) {
    say(overview())
    return 2
  }
  if (name === 'help' || name === '--help' || name === '-h') {
    if (words[0] !== undefined) return run([words[0], '--help'])
    await print(overview())
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
  const { command } = await commands[name]!.load()
  const { operands, options, help } = readArguments(name, command, words)
  if (!help) return command.run(operands, options)
  await print(helpText(name, command))
  return 0
}
