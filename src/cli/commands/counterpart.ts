/** `archcost counterpart`: a model with something exchanged and a cost kept equal, and where costs cross. */
import { compare } from '../../engine/ask/compare/compare.ts'
import { counterpart, type Equal, type Wanted } from '../../engine/ask/compare/counterparts.ts'
import { hasTotal, parseMeasure } from '../../engine/ask/quantity/measures.ts'
import { crossings, type Crossings } from '../../engine/ask/compare/crossings.ts'
import type { Solution } from '../../engine/ask/solve/solve.ts'
import { prepare } from '../../engine/index.ts'
import { parseNumber } from '../../engine/read-number.ts'
import type { Design } from '../../engine/vary/index.ts'
import { beside, ratioText, saidAnswer, showNumber, showValue } from '../answer-text.ts'
import {
  askedUnder,
  designOptions,
  multiplesWords,
  nameWords,
  readDesign,
  readMultiples,
  usage,
} from '../ask-options.ts'
import { changedSettings } from '../changed-settings.ts'
import type { Command, Options } from '../command.ts'
import { UsageError } from '../errors.ts'
import { modelWords } from '../model-source.ts'
import { print, styled } from '../output.ts'
import { rangeText } from '../solution-text.ts'
import { flatTable, type Column } from '../columns.ts'
import { alignedTable } from '../table.ts'
import { visible } from '../visible.ts'

const kinds = ['dense', 'gqa', 'mla', 'mha', 'global', 'untied'] as const

export const command: Command = {
  operands: 'MODEL',
  takes: { min: 1, max: 1 },
  about: [
    'A model with one thing exchanged, and a cost kept equal at the context given:',
    '  --dense    one dense feed-forward network instead of experts; --equal active, total, flops or cache',
    '  --gqa      grouped-query attention instead of latent attention, with as many key-value heads as make an equal cache',
    '  --mla      latent attention (MLA) instead of grouped-query attention, with the latent that makes an equal cache;',
    '             it sees the whole context',
    '  --mha      multi-head attention: keys and values for each query head, instead of shared heads or latents',
    '  --global   full attention in every attention layer, without windows',
    '  --untied   an output head with weights of its own',
    'or, with --crossing MODEL, the contexts or batches at which the costs of two models pass each other.',
    '',
    nameWords,
    '',
    modelWords,
  ].join('\n'),
  options: {
    dense: { about: 'a dense feed-forward network instead of experts' },
    gqa: { about: 'grouped-query attention instead of latent attention' },
    mla: { about: 'latent attention instead of grouped-query attention' },
    mha: { about: 'multi-head attention: keys and values for each query head' },
    global: { about: 'full attention in every attention layer' },
    untied: { about: 'an output head with weights of its own' },
    equal: {
      of: ['active', 'total', 'flops', 'cache'],
      about: 'what the dense counterpart keeps: parameters, FLOPs of a decode step, cache',
    },
    'kv-heads': { value: 'N', about: 'key-value heads of --gqa, instead of an equal cache' },
    'multiple-of': multiplesWords,
    crossing: {
      value: 'MODEL',
      about: 'where the costs of this model and another pass each other',
    },
    of: { value: 'QUANTITY', about: 'which cost (flops.decode)' },
    over: { of: ['context', 'batch'], about: 'what grows' },
    ...designOptions,
    format: {
      of: ['table', 'json', 'architecture'],
      about: 'how to print it; architecture is the document, for any other command',
    },
  },
  examples: [
    {
      run: 'archcost counterpart mixtral-8x7b --dense --equal active',
      about: 'the dense model of its active size',
    },
    {
      run: 'archcost counterpart deepseek-v3 --gqa --context 32k --format architecture > gqa.json',
      about: 'grouped-query attention with its cache',
    },
    {
      run: 'archcost counterpart mamba-1.4b --crossing pythia-1.4b --of flops.decode',
      about: 'the context from which Mamba costs less',
    },
  ],
  async run([word], options) {
    const said = options['of'] ?? 'flops.decode'
    const asked = options['crossing'] === undefined ? [] : [said]
    const design = await readDesign(word!, options, asked)
    const chosen = kinds.filter((kind) => options[kind] !== undefined)
    if (options['crossing'] !== undefined) {
      if (chosen.length > 0)
        throw new UsageError(`--crossing stands alone, without --${chosen[0]!}`)
      const other = await readDesign(options['crossing'], options, asked)
      const [quantity] = askedUnder(design, asked, options) as [string]
      const over = (options['over'] ?? 'context') as 'context' | 'batch'
      const found = crossings(design, other, quantity, over)
      await print(
        options['format'] === 'json'
          ? `${JSON.stringify(found, null, 2)}\n`
          : crossingText(found, design, other, quantity, over),
      )
      return 0
    }
    if (chosen.length !== 1)
      throw new UsageError(
        `say one of ${kinds.map((kind) => `--${kind}`).join(', ')}, or --crossing MODEL`,
      )
    const { design: found, solution } = counterpart(
      design,
      readWanted(chosen[0]!, options),
      readMultiples(design, options['multiple-of']),
    )
    switch (options['format']) {
      case 'architecture':
        await print(`${JSON.stringify(found.architecture, null, 2)}\n`)
        return 0
      case 'json':
        await print(
          `${JSON.stringify({ architecture: found.architecture, solved: solution && { setting: solution.setting.address, settings: solution.settings.map(({ address }) => address), value: solution.value, quantity: solution.measure.name, answer: solution.answer, target: solution.target, residual: solution.residual } }, null, 2)}\n`,
        )
        return 0
      default:
        await print(
          comparison(design, found) +
            (solution ? solvedText(solution) : '') +
            `\n${alignedTable(changedSettings(design, found), (_, line) => styled('dim', line))}`,
        )
        return 0
    }
  },
}

function solvedText(solution: Solution): string {
  const { settings, value, measure, answer, residual, beyond } = solution
  const brings = settings.length > 1 ? 'bring' : 'brings'
  const words = `${settings.map(({ address }) => address).join(', ')} ${showValue(value)} ${brings} ${measure.name} to ${saidAnswer(answer, measure.unit)}, ${residual === 0 ? 'exactly what is wanted' : `${showNumber(Math.abs(residual))} ${residual > 0 ? 'more' : 'less'} than wanted`}.`
  return `\n${words}${beyond ? ` ${rangeText(solution)}` : ''}\n`
}

function readWanted(kind: (typeof kinds)[number], options: Options): Wanted {
  if (options['equal'] !== undefined && kind !== 'dense')
    throw new UsageError(`--equal goes with --dense, not with --${kind}`)
  if (options['kv-heads'] !== undefined && kind !== 'gqa')
    throw new UsageError(`--kv-heads goes with --gqa, not with --${kind}`)
  if (kind === 'dense') return { kind, equal: (options['equal'] ?? 'active') as Equal }
  if (kind !== 'gqa' || options['kv-heads'] === undefined) return { kind }
  return {
    kind,
    n_kv_heads: usage(
      () => parseNumber(options['kv-heads']!, { what: 'heads', whole: true, min: 1 }),
      '--kv-heads',
    ),
  }
}

const headline = [
  'params.total',
  'params.active',
  'flops.prefill',
  'flops.decode',
  'bytes_read.decode_weights',
  'cache.bytes',
]

function comparison(before: Design, after: Design): string {
  const models = [before, after].map(({ architecture, workload }) => ({
    model: prepare(architecture),
    workload,
  }))
  const quantities = headline.filter((name) => hasTotal(before.architecture, name))
  const compared = compare(models, quantities)
  const of = (side: number): Column[] => {
    const numbers = compared.map(({ values, unit }) => ({ value: values[side] ?? null, unit }))
    return [
      {
        head: side === 0 ? before.architecture.name : 'counterpart',
        cells: numbers.map(({ value }) => (value === null ? '-' : showNumber(value))),
      },
      {
        head: '',
        cells: numbers.map(({ value, unit }) =>
          value === null ? '' : (beside(value, unit) ?? ''),
        ),
      },
    ]
  }
  const ratios = compared.map(({ ratios: [, ratio] }) => ratioText(ratio))
  const columns = [
    { head: '', cells: quantities, left: true },
    ...of(0),
    ...of(1),
    { head: 'ratio', cells: ratios },
  ]
  return `${styled('bold', visible(after.architecture.name))}\n\n${flatTable(columns, (line) => styled('bold', line))}`
}

function crossingText(
  { crossings: found, first, from, to }: Crossings,
  a: Design,
  b: Design,
  quantity: string,
  over: string,
): string {
  const names = {
    a: visible(a.architecture.name),
    b: visible(b.architecture.name),
    neither: 'neither',
  }
  const { unit } = parseMeasure(a.architecture, quantity)
  const begin = `${quantity}: at ${over} ${showNumber(from)}, ${first === 'neither' ? 'both cost the same' : `${names[first]} costs less`}.\n`
  const lines = found.map(
    ({ at, a: left, b: right, cheaper }) =>
      `From ${over} ${showNumber(at)}, ${cheaper === 'neither' ? 'both cost the same' : `${names[cheaper]} does`}: ${names.a} ${saidAnswer(left, unit)}, ${names.b} ${saidAnswer(right, unit)}.\n`,
  )
  const last = over === 'context' ? (found.at(-1)?.at ?? 0) : 0
  const beyond = [a, b]
    .filter(({ architecture }) => architecture.max_context < last)
    .map(
      ({ architecture: { name, max_context } }) =>
        `${visible(name)} is made for a context of ${showNumber(max_context)} at most.\n`,
    )
  return (
    begin +
    (lines.length === 0 ? `So it stays up to ${showNumber(to)}.\n` : lines.join('')) +
    beyond.join('')
  )
}
