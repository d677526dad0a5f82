/** `archcost sweep`: what quantities do while one or two settings walk. */
import { hasTotal, parseMeasure } from '../../engine/ask/quantity/measures.ts'
import { sweep, type Axis, type Sweep, type SweepRow } from '../../engine/ask/sweep.ts'
import { rangeWords, type Design, type SettingValue } from '../../engine/vary/index.ts'
import { showValue } from '../answer-text.ts'
import { answersTable, type Asked } from '../answers-table.ts'
import { sayBeyond } from '../beyond-model.ts'
import {
  askedUnder,
  designOptions,
  holdOption,
  nameWords,
  readAxes,
  splitQuantities,
} from '../ask-options.ts'
import { splitList } from '../pairs.ts'
import type { Command } from '../command.ts'
import { deploymentOptions, readDeployed } from '../deployment-options.ts'
import { CommandError, UsageError } from '../errors.ts'
import { eachModel, modelWords } from '../model-source.ts'
import { print, say } from '../output.ts'
import { csv } from '../table.ts'
import { saidIn, shownValue } from '../shown-value.ts'
import { visible } from '../visible.ts'

export const command: Command = {
  operands: 'MODEL…',
  takes: { min: 1, max: Infinity },
  about: [
    'What quantities do while one or two settings walk through their values, for any number of models.',
    '',
    '--over takes SETTING=RANGE, or two of them in quotes with a blank between.',
    rangeWords,
    '',
    nameWords,
    '',
    modelWords,
  ].join('\n'),
  options: {
    over: {
      value: 'SETTING=RANGE',
      about: 'what walks: context=1k..1M:log:20, n_layers=16..64:step:8, dtype=bf16,q4_k',
    },
    of: {
      value: 'QUANTITY,…',
      about:
        'what is asked, settings that follow among it (params.total, flops.decode, cache.bytes)',
    },
    hold: holdOption,
    ...deploymentOptions,
    ...designOptions,
    format: {
      of: ['table', 'csv', 'json', 'ndjson'],
      about: 'how to print it; csv and ndjson as it is computed',
    },
  },
  examples: [
    {
      run: 'archcost sweep deepseek-v3 llama-3.1-8b --over context=1k..1M:log:13 --of cache.bytes,flops.decode',
      about: 'two caches against the context',
    },
    {
      run: 'archcost sweep llama-3.1-8b --over d_model=2Ki..8Ki:step:1Ki --hold ffn_ratio,d_head --of params.total,n_heads,ffn.d_ff',
      about: 'widths, with heads and feed-forward width following',
    },
    {
      run: 'archcost sweep mixtral-8x7b --over "top_k=1,2,4 batch=1..64:powers" --of bytes_read.decode_weights --format csv',
      about: 'a grid of two settings',
    },
    {
      run: 'archcost sweep deepseek-v3 --over expert-parallelism.ep=1..64:powers --of expert-parallelism.ranks_hit,expert-parallelism.params_per_rank',
      about: 'a setting of a scenario, beside quantities of it',
    },
  ],
  async run(words, options) {
    const axes = readAxes('--over', options['over'])
    const said = splitQuantities(options['of'])
    const designs = await eachModel(
      words,
      async (word) => (await readDeployed(word, options, said)).design,
    )
    const decode = designs.every(({ architecture }) => hasTotal(architecture, 'flops.decode'))
    const usual = decode ? 'params.total,flops.decode,cache.bytes' : 'params.total,flops.prefill'
    const of =
      options['of'] === undefined ? usual.split(',') : askedUnder(designs[0]!, said, options)
    if (of.length === 0) throw new UsageError('--of names no quantity')
    const sweeps = designs.map((design) => ({
      name: design.architecture.name,
      sweep: sweep(design, axes, of, splitList(options['hold'])),
    }))
    const names = axes.map(({ setting }) => setting)
    const problems: SweepRow[] = []
    let answered = 0
    const place = names.indexOf('context')
    let longest = 0
    // In one unit for all models, by the first that has the quantity.
    const asked = of.map((name) => ({ name, unit: unitOf(designs, name) }))
    for (const text of printed(sweeps, axes, asked, options['format'] ?? 'table', (row) => {
      longest = Math.max(longest, Number(row.values[place] ?? 0))
      if (row.problem) problems.push(row)
      else answered++
    }))
      await print(text)
    sayProblems(problems, names)
    for (const { architecture, workload } of designs)
      sayBeyond(
        architecture.name,
        Math.max(longest, workload.context ?? 0),
        architecture.max_context,
      )
    if (answered === 0) throw new CommandError('no value makes a design; see above')
    return 0
  },
}

function unitOf(designs: readonly Design[], quantity: string): string {
  for (const { architecture } of designs)
    try {
      return parseMeasure(architecture, quantity).unit
    } catch {
      // An encoder has no cache; what no model has is said where it is asked.
    }
  return ''
}

interface Named {
  name: string
  sweep: Sweep
}

/** The output in pieces, each as soon as it is known. */
function* printed(
  sweeps: readonly Named[],
  axes: readonly Axis[],
  asked: readonly Asked[],
  format: string,
  note: (row: SweepRow) => void,
): Generator<string> {
  const [names, of] = [axes.map(({ setting }) => setting), asked.map(({ name }) => name)]
  const rows = function* (): Generator<{ name: string; row: SweepRow }> {
    for (const { name, sweep: each } of sweeps)
      for (const row of each.rows()) {
        note(row)
        yield { name, row }
      }
  }
  switch (format) {
    case 'csv':
      yield csv([['model', ...names, ...of]])
      for (const { name, row } of rows())
        if (row.answers) yield csv([[name, ...row.values.map(asCell), ...row.answers]])
      return
    case 'ndjson':
      for (const { name, row } of rows())
        yield `${JSON.stringify(asObject(name, row, names, of))}\n`
      return
    case 'json':
      yield `${JSON.stringify(
        [...rows()].map(({ name, row }) => asObject(name, row, names, of)),
        null,
        2,
      )}\n`
      return
    default:
      yield asTable(sweeps, [...rows()], axes, asked)
  }
}

const asCell = (value: SettingValue): string | number | null =>
  typeof value === 'boolean' ? String(value) : value

function asObject(
  model: string,
  { values, answers, problem }: SweepRow,
  names: readonly string[],
  of: readonly string[],
): object {
  const settings = Object.fromEntries(names.map((name, index) => [name, values[index]]))
  const told = Object.fromEntries(of.map((name, index) => [name, answers?.[index] ?? null]))
  return { model, ...settings, ...told, ...(problem && { problem: problem.message }) }
}

function asTable(
  sweeps: readonly Named[],
  rows: readonly { name: string; row: SweepRow }[],
  axes: readonly Axis[],
  asked: readonly Asked[],
): string {
  const made = rows.flatMap(({ name, row: { values, answers } }) =>
    answers ? [{ name, values, answers }] : [],
  )
  const models = { head: 'model', cells: made.map(({ name }) => name), left: true }
  const walked = axes.map(({ setting, values }, place) => {
    const show = shownValue(setting, saidIn(values))
    return { head: setting, cells: made.map((row) => show(row.values[place])) }
  })
  return answersTable(
    sweeps.length > 1 ? [models, ...walked] : walked,
    asked,
    made.map(({ answers }) => answers),
  )
}

/** One of each kind is enough to know why values are left out. */
function sayProblems(problems: readonly SweepRow[], names: readonly string[]): void {
  const kinds = new Map<string, SweepRow[]>()
  for (const row of problems) {
    const kind = row.problem!.path ?? row.problem!.message
    kinds.set(kind, [...(kinds.get(kind) ?? []), row])
  }
  for (const rows of kinds.values()) {
    const first = rows[0]!
    const values = names
      .map((name, index) => `${name} ${showValue(first.values[index])}`)
      .join(', ')
    say(
      `${rows.length === 1 ? 'One value is' : `${rows.length} values are`} left out; with ${values}, ${visible(first.problem!.message)}\n`,
    )
  }
}
