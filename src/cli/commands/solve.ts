/** `archcost solve`: which value of a setting meets a target. */
import { attempt } from '../../architecture/errors.ts'
import { solveCurve, solveTogether } from '../../engine/ask/solve/several.ts'
import {
  solve,
  type Side,
  type Solution,
  type SolveOptions,
  type Target,
} from '../../engine/ask/solve/solve.ts'
import { parseMeasure } from '../../engine/ask/quantity/measures.ts'
import { ArchcostError } from '../../engine/index.ts'
import { formatExact } from '../../engine/numbers.ts'
import { parseNumber } from '../../engine/read-number.ts'
import type { Design } from '../../engine/vary/index.ts'
import { showNumber, showValue } from '../answer-text.ts'
import {
  askedUnder,
  designOptions,
  holdOption,
  multiplesWords,
  nameWords,
  numberOrSetting,
  readAxes,
  readMultiples,
  splitQuantities,
  usage,
} from '../ask-options.ts'
import { pair, splitList } from '../pairs.ts'
import type { Command, Options } from '../command.ts'
import { deploymentOptions, readDeployed, type Memory } from '../deployment-options.ts'
import { CommandError, UsageError } from '../errors.ts'
import { modelWords } from '../model-source.ts'
import { print, say } from '../output.ts'
import { curveText, solutionText } from '../solution-text.ts'
import { visible } from '../visible.ts'

export const command: Command = {
  operands: 'MODEL',
  takes: { min: 1, max: 1 },
  about: [
    'Which value of a setting brings a quantity to a target: whole, and divisible where the design needs it. No other value',
    'that makes a design is nearer. Several settings with a target each are solved together; with --over, for each value of',
    'another setting.',
    '',
    nameWords,
    '',
    modelWords,
  ].join('\n'),
  options: {
    vary: { value: 'SETTING,…', about: 'the setting that may move; as many as there are targets' },
    target: {
      value: 'QUANTITY=NUMBER,…',
      about: 'what it should come to: params.total=13e9, cache.bytes=4GiB',
    },
    ...deploymentOptions,
    side: {
      of: ['closest', 'below', 'above'],
      about: 'on which side of the target (below where it is what fits on --on)',
    },
    hold: holdOption,
    'multiple-of': multiplesWords,
    from: { value: 'N', about: 'no value below' },
    to: { value: 'N', about: 'no value above' },
    over: {
      value: 'SETTING=RANGE',
      about: 'solve for each value of this setting, which gives a curve',
    },
    show: { value: 'QUANTITY,…', about: 'what else to tell of each design of a curve' },
    ...designOptions,
    format: {
      of: ['table', 'json', 'csv', 'architecture'],
      about: 'how to print it; architecture is the document, for any other command',
    },
  },
  renamed: { fit: 'on', device: 'on' },
  examples: [
    {
      run: 'archcost solve llama-3.1-8b --vary d_model --target params.total=13e9 --hold ffn_ratio,d_head',
      about: 'the width for 13B parameters',
    },
    {
      run: 'archcost solve llama-3.1-8b --vary context --on "H100 SXM" --dtype fp8',
      about: 'the longest context beside the weights on one card',
    },
    {
      run: 'archcost solve mixtral-8x7b --vary n_experts,top_k --target params.total=100e9,params.active=20e9',
      about: 'experts for two budgets',
    },
    {
      run: 'archcost solve llama-3.1-8b --vary d_model --over n_layers=16..64:step:16 --target params.total=8e9 --hold ffn_ratio,d_head --show cache.bytes,flops.decode',
      about: 'deep against wide',
    },
  ],
  async run([word], options) {
    const said = saidTargets(options['target'])
    const shown = splitQuantities(options['show'])
    const asked = [...said.map(([quantity]) => quantity), ...shown]
    const { design, memory } = await readDeployed(word!, options, asked)
    const names = splitList(options['vary'])
    const targets = readTargets(design, said, memory, options)
    if (names.length === 0)
      throw new UsageError('--vary is missing: the setting that may move, as in --vary d_model')
    if (names.length !== targets.length)
      throw new UsageError(
        `--vary names ${names.length} and --target ${targets.length}; give each setting a target`,
      )
    const twice = names.find((name, place) => names.indexOf(name) < place)
    if (twice !== undefined) throw new UsageError(`--vary names ${twice} twice`)
    const solving = readSolving(design, names, options)
    const format = options['format'] ?? 'table'
    if (options['over'] !== undefined) {
      if (names.length > 1) throw new UsageError('--over takes one setting to vary')
      const [axis, more] = readAxes('--over', options['over'])
      if (more) throw new UsageError('--over takes one setting here')
      if (axis!.setting === names[0])
        throw new UsageError(
          `--over walks ${axis!.setting}, so that it cannot be what --vary names`,
        )
      const points = [...solveCurve(design, names[0]!, targets[0]!, axis!, solving)]
      await print(
        curveText(points, axis!.setting, names[0]!, format, askedUnder(design, shown, options)),
      )
      if (memory !== null) say(`${memory.words}\n`)
      if (format !== 'json')
        for (const { along, problem } of points)
          if (problem) say(`${axis!.setting} ${showValue(along)}: ${visible(problem.message)}\n`)
      if (points.every(({ solution }) => solution === null))
        throw new CommandError('no value makes a design that can be solved for; see above')
      return 0
    }
    if (options['show'] !== undefined)
      throw new UsageError('--show goes with --over; cost tells all of one design')
    const { solutions, found } = solveAll(design, names, targets, solving)
    await print(
      solutionText(
        solutions,
        design,
        found,
        format,
        acrossTarget(design, names, solving, solutions),
        memory,
      ),
    )
    if (memory !== null && format !== 'table') say(`${memory.words}\n`)
    const missed = solving.side === 'closest' && solutions.find(({ beyond }) => beyond)
    if (missed) throw outOfReach(missed)
    return 0
  },
}

/** The nearest on the other side of the target, where there is one: why nothing is nearer is seen from it. */
function acrossTarget(
  design: Design,
  names: readonly string[],
  solving: SolveOptions,
  [solution, ...others]: readonly Solution[],
): Solution | null {
  const { measure, target: value, residual, beyond } = solution!
  if (others.length > 0 || residual === 0 || beyond) return null
  const side = residual < 0 ? 'above' : 'below'
  const target = { quantity: measure.name, value }
  const found = attempt(() => solve(design, names[0]!, target, { ...solving, side }))
  // A last bit that no digit shows is no other value for a reader.
  return found instanceof ArchcostError || showValue(found.value) === showValue(solution!.value)
    ? null
    : found
}

function outOfReach({ setting, measure, target, range, alone }: Solution): CommandError {
  const { least, greatest } = range
  if (alone)
    return new CommandError(
      `${setting.address} cannot be other than ${showValue(least.value)}, so ${measure.name} stays ${showNumber(least.answer)}`,
    )
  const way = target < least.answer ? 'down' : 'up'
  const nearest = way === 'down' ? least : greatest
  return new CommandError(
    `no value of ${setting.address} brings ${measure.name} ${way} to ${showNumber(target)}; ` +
      (least.answer === greatest.answer
        ? `all that make a design give ${showNumber(nearest.answer)}`
        : `the nearest is ${showValue(nearest.value)}, which gives ${showNumber(nearest.answer)}`),
  )
}

function solveAll(
  design: Design,
  names: readonly string[],
  targets: readonly Target[],
  solving: SolveOptions,
): { solutions: Solution[]; found: Design } {
  if (names.length === 1) {
    const solution = solve(design, names[0]!, targets[0]!, solving)
    return { solutions: [solution], found: solution.design }
  }
  const { solutions, design: found } = solveTogether(
    design,
    names.map((setting, index) => ({ setting, target: targets[index]! })),
    solving,
  )
  return { solutions, found }
}

/** The quantities, with what each should come to. */
const saidTargets = (target: string | undefined): [string, string][] =>
  splitQuantities(target).map((each) =>
    // What stands before may have an = of its own: loss at tokens=15T=2.
    pair('--target', each, each.lastIndexOf('=')),
  )

function readTargets(
  design: Design,
  said: readonly (readonly [string, string])[],
  memory: Memory | null,
  options: Options,
): Target[] {
  if (options['target'] === undefined) {
    if (memory === null)
      throw new UsageError('solve needs --target QUANTITY=NUMBER, or --on DEVICE')
    return [{ quantity: 'fit.per_rank.needed', value: memory.bytes }]
  }
  const quantities = askedUnder(
    design,
    said.map(([quantity]) => quantity),
    options,
  )
  return said.map(([name, number], index) => {
    const quantity = quantities[index]!
    const { unit } = parseMeasure(design.architecture, quantity)
    return { quantity, value: readTarget(name, unit, number) }
  })
}

/** Beyond it designs differ by less than the digits of their distance to it. */
const farthest = 1e30

function readTarget(quantity: string, unit: string, text: string): number {
  const value = usage(
    () => parseNumber(text, { what: quantity, min: 0, ...(unit === 'byte' && { unit }) }),
    '--target',
  )
  if (value > farthest)
    throw new UsageError(
      `--target: ${quantity}: ${text} is beyond ${farthest}, which no design nears`,
    )
  return value
}

function readSolving(design: Design, names: readonly string[], options: Options): SolveOptions {
  const number = (name: string): number | undefined =>
    options[name] === undefined ? undefined : numberOrSetting(design, `--${name}`, options[name])
  const [from, to] = [number('from'), number('to')]
  const multiples = readMultiples(design, options['multiple-of'])
  if (typeof multiples.multiple_of === 'object')
    for (const name of Object.keys(multiples.multiple_of))
      if (!names.some((each) => each === name || each.endsWith(`.${name}`)))
        throw new UsageError(`--multiple-of names ${name}, which --vary does not`)
  if (from !== undefined && to !== undefined && from > to)
    throw new UsageError(`--from ${formatExact(from)} is above --to ${formatExact(to)}`)
  return {
    held: splitList(options['hold']),
    side: (options['side'] ?? (options['target'] === undefined ? 'below' : 'closest')) as Side,
    ...multiples,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}
