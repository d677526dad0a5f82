/** `archcost compare`: models against a baseline, and why they differ. */
import { compare, type ComparedQuantity } from '../../engine/ask/compare/compare.ts'
import { differentSettings } from '../../engine/ask/compare/different-settings.ts'
import { totals } from '../../formulas/index.ts'
import { hasTotal } from '../../engine/ask/quantity/measures.ts'
import { why, type Cause, type Why } from '../../engine/ask/compare/why.ts'
import { completeWorkload, prepare } from '../../engine/index.ts'
import { askedUnder, designOptions, nameWords, splitQuantities } from '../ask-options.ts'
import { sayBeyond } from '../beyond-model.ts'
import { splitList } from '../pairs.ts'
import { beside, percent, ratioText, shortAnswer, showNumber, showValue } from '../answer-text.ts'
import type { Command } from '../command.ts'
import { deploymentOptions, readDeployed } from '../deployment-options.ts'
import { eachModel, modelWords } from '../model-source.ts'
import { print, styled } from '../output.ts'
import { flatTable, foldedTable } from '../columns.ts'
import { alignedTable, csv, type Row } from '../table.ts'
import { visible } from '../visible.ts'

const usual = totals.flatMap(({ name, usual: shown }) => (shown ? [name] : []))

export const command: Command = {
  operands: 'BASELINE MODEL…',
  takes: { min: 2, max: Infinity },
  about: [
    'Models against a baseline, the first: values, differences, ratios, and the settings that differ. --why walks the',
    'derivations of a quantity together, down to the first inputs that differ, and says how much of the difference each makes.',
    'Without --context, each model has its own default; give one to compare at the same.',
    '',
    nameWords,
    '',
    modelWords,
  ].join('\n'),
  options: {
    of: {
      value: 'QUANTITY,…',
      about: 'what is compared (parameters, FLOPs, bytes read, cache, memory)',
    },
    why: { value: 'QUANTITY,…', about: 'what to explain' },
    ...deploymentOptions,
    ...designOptions,
    format: { of: ['table', 'json', 'csv'], about: 'how to print it' },
  },
  examples: [
    {
      run: 'archcost compare llama-2-7b llama-3.1-8b --why cache.bytes --context 4096',
      about: 'a smaller cache, and why',
    },
    {
      run: 'archcost compare llama-2-70b mixtral-8x7b deepseek-v3 --context 32k --of params.active,cache.bytes --format csv',
      about: 'three models for a spreadsheet',
    },
  ],
  async run(words, options) {
    const said = splitQuantities(options['of'])
    const models = await eachModel(words, async (word) => {
      const { architecture, ...others } = (await readDeployed(word, options, said)).design
      return { name: architecture.name, model: prepare(architecture), ...others }
    })
    for (const { name, model, workload } of models)
      sayBeyond(name, completeWorkload(model, workload).context, model.architecture.max_context)
    const names = models.map(({ name }) => name)
    const of =
      options['of'] === undefined
        ? usual.filter((name) => models.some(({ model }) => hasTotal(model.architecture, name)))
        : askedUnder({ architecture: models[0]!.model.architecture, workload: {} }, said, options)
    const quantities = compare(models, of)
    const settings = differentSettings(models)
    const asked = splitList(options['why'])
    const reasons = asked.flatMap((quantity) =>
      models.slice(1).map((other, index) => ({
        quantity,
        of: names[index + 1]!,
        ...why(models[0]!, other, quantity),
      })),
    )
    switch (options['format']) {
      case 'json':
        await print(
          `${JSON.stringify({ models: names, quantities, settings, why: reasons }, null, 2)}\n`,
        )
        return 0
      case 'csv':
        await print(
          csv([
            [
              'quantity',
              ...names,
              ...names.slice(1).flatMap((name) => [`${name}: difference`, `${name}: ratio`]),
            ],
            ...quantities.map(csvRow),
          ]),
        )
        return 0
      default:
        await print(
          table(names, quantities) +
            settingsTable(
              names,
              settings.filter(({ follows }) => !follows),
            ) +
            reasons.map((reason) => whyText(names[0]!, reason)).join(''),
        )
        return 0
    }
  },
}

const csvRow = ({
  quantity,
  values,
  differences,
  ratios,
}: ComparedQuantity): (string | number | null)[] => [
  quantity,
  ...values,
  ...values.slice(1).flatMap((_, index) => [differences[index + 1]!, ratios[index + 1]!]),
]

/** A block of rows for each quantity, a row for each model. */
function table(names: readonly string[], quantities: readonly ComparedQuantity[]): string {
  const rows = quantities.flatMap(({ quantity, unit, values, differences, ratios }) => [
    [quantity, '', '', '', ''],
    ...values.map((value, place) => [
      `  ${names[place]!}`,
      ...(value === null ? ['-', ''] : [showNumber(value), beside(value, unit) ?? '']),
      ...(place === 0 ? ['', ''] : [show(differences[place]!), ratioText(ratios[place])]),
    ]),
  ])
  const heads = ['', '', '', 'difference', 'ratio']
  const columns = heads.map((head, place) => ({
    head,
    cells: rows.map((cells) => cells[place]!),
    left: place === 0,
  }))
  return flatTable(columns, (line) => styled('bold', line))
}

const show = (value: number | null): string => (value === null ? '-' : showNumber(value))

/** What is longer, such as weights in formats by role, stands in lines of its own. */
const widestCell = 40

/** Models side by side, in as many tables as fit a terminal. */
function settingsTable(
  names: readonly string[],
  settings: ReturnType<typeof differentSettings>,
): string {
  if (settings.length === 0) return '\nNo setting differs.\n'
  const shown = settings.map(({ address, values }) => ({ address, cells: values.map(showValue) }))
  const fits = ({ cells }: { cells: readonly string[] }): boolean =>
    cells.every(({ length }) => length <= widestCell)
  const rows = shown.filter(fits)
  const addresses = {
    head: 'Settings that differ',
    cells: rows.map(({ address }) => address),
    left: true,
  }
  const columns = names.map((head, place) => ({
    head,
    cells: rows.map(({ cells }) => cells[place]!),
  }))
  const long = shown
    .filter((row) => !fits(row))
    .map(({ address, cells }) =>
      [address, ...cells.map((cell, place) => `  ${names[place]!}: ${cell}`)]
        .map((line) => `${visible(line)}\n`)
        .join(''),
    )
  return `\n${foldedTable([addresses], columns, (line) => styled('bold', line))}${long.join('')}`
}

function whyText(
  baseline: string,
  { quantity, of, a, b, difference, unit, causes }: Why & { quantity: string; of: string },
): string {
  const head: Row = {
    cells: [
      `Why ${quantity} of ${of} is ${shortAnswer(b, unit)} and not ${shortAnswer(a, unit)}, as of ${baseline}`,
    ],
    heading: true,
  }
  if (difference === 0)
    return `\n${visible(`${quantity} of ${of} and of ${baseline}`)} are equal.\n`
  const body = causes.map((cause): Row => ({
    cells: [
      cause.address,
      cause.label,
      showSide(cause, 'a'),
      '->',
      showSide(cause, 'b'),
      showNumber(cause.amount),
      percent(cause.share),
    ],
  }))
  return `\n${alignedTable([head, ...body], (row, line) => styled(row === head ? 'bold' : 'plain', line), [0, 1])}`
}

const showSide = (cause: Cause, side: 'a' | 'b'): string => {
  const value = cause[side]
  if (value === null) return '-'
  return typeof value === 'number' && !Number.isFinite(value) ? 'none' : showValue(value)
}
