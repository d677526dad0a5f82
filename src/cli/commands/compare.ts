/** `archcost compare`: models against a baseline, and why they differ. */
import {
  compare,
  differentSettings,
  type ComparedQuantity,
} from '../../engine/ask/compare/compare.ts'
import { totals } from '../../formulas/index.ts'
import { hasTotal } from '../../engine/ask/quantity/measures.ts'
import { why, type Cause, type Why } from '../../engine/ask/compare/why.ts'
import { prepare } from '../../engine/index.ts'
import {
  designOptions,
  nameWords,
  readDesign,
  showNumber,
  showValue,
  splitList,
  splitQuantities,
} from '../ask-options.ts'
import { percent, shortAnswer } from '../answer-text.ts'
import type { Command } from '../command.ts'
import { eachModel, modelWords } from '../model-source.ts'
import { print, styled } from '../output.ts'
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
    const models = await eachModel(words, async (word) => {
      const { architecture, workload } = await readDesign(word, options)
      return { name: architecture.name, model: prepare(architecture), workload }
    })
    const names = models.map(({ name }) => name)
    const of =
      options['of'] === undefined
        ? usual.filter((name) => models.some(({ model }) => hasTotal(model.architecture, name)))
        : splitQuantities(options['of'])
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

function table(names: readonly string[], quantities: readonly ComparedQuantity[]): string {
  const head: Row = {
    cells: ['', names[0]!, ...names.slice(1).flatMap((name) => [name, 'difference', 'ratio'])],
  }
  const body = quantities.map(({ quantity, values, differences, ratios }): Row => {
    const other = values
      .slice(1)
      .flatMap((value, index) => [
        show(value),
        show(differences[index + 1]!),
        ratio(ratios[index + 1]!),
      ])
    return { cells: [quantity, show(values[0]!), ...other] }
  })
  return alignedTable([head, ...body], (row, line) => styled(row === head ? 'bold' : 'plain', line))
}

const show = (value: number | null): string => (value === null ? '-' : showNumber(value))
const ratio = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '-' : `${value.toPrecision(4)} x`

function settingsTable(
  names: readonly string[],
  settings: ReturnType<typeof differentSettings>,
): string {
  if (settings.length === 0) return '\nNo setting differs.\n'
  const head: Row = { cells: ['Settings that differ', ...names] }
  const body = settings.map(({ address, values }): Row => ({
    cells: [address, ...values.map(showValue)],
  }))
  return `\n${alignedTable([head, ...body], (row, line) => styled(row === head ? 'bold' : 'plain', line))}`
}

function whyText(
  baseline: string,
  { quantity, of, a, b, difference, causes }: Why & { quantity: string; of: string },
): string {
  const head: Row = {
    cells: [
      `Why ${quantity} of ${of} is ${shortAnswer(b, '')} and not ${shortAnswer(a, '')}, as of ${baseline}`,
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
