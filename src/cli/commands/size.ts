/** `archcost size`: shapes of a family for a budget of parameters, or of a device's memory. */
import {
  briefOf,
  usualCost,
  usualMultiple,
  usualNear,
  type Brief,
} from '../../engine/ask/size/brief.ts'
import { size } from '../../engine/ask/size/size.ts'
import { parseNumber } from '../../engine/read-number.ts'
import { findSetting, parseRange } from '../../engine/vary/index.ts'
import {
  designOptions,
  multiplesWords,
  nameWords,
  readCount,
  readMultiples,
  usage,
} from '../ask-options.ts'
import type { Command, Options } from '../command.ts'
import { deploymentOptions, readDeployed, type Memory } from '../deployment-options.ts'
import { CommandError, UsageError } from '../errors.ts'
import { modelWords } from '../model-source.ts'
import { print, say } from '../output.ts'
import { missLines, sizingText } from '../sizing-text.ts'

const families = { dense: 'llama-3.1-8b', experts: 'qwen3-30b-a3b' }

export const command: Command = {
  operands: '',
  takes: { min: 0, max: 0 },
  about: [
    'Shapes that use a budget, of the family of a model: of each depth the one that costs least among those that use the',
    'budget within 1% of the fullest, and at least 95% of it. They are ranked by that cost, those first that keep the',
    `ratios of the family (width for each layer, feed-forward width, size of heads, heads for each key-value head) within a`,
    `factor of ${usualNear}; of others it is said where they leave them.`,
    '',
    nameWords,
    '',
    modelWords,
  ].join('\n'),
  options: {
    params: {
      value: '13B',
      about: 'at most so many parameters; without it the budget is what fits on --on',
    },
    active: {
      value: '3B',
      about: 'at most so many active parameters (as large a part as of the family)',
    },
    ...deploymentOptions,
    like: {
      value: 'MODEL',
      about: `whose shape is stretched (${families.dense}; with --active ${families.experts})`,
    },
    minimise: {
      value: 'QUANTITY',
      about: 'the cost that is to be small (flops.decode; of an encoder flops.prefill)',
    },
    layers: { value: 'RANGE', about: 'only these depths: 40, 24..48:step:4' },
    'multiple-of': {
      ...multiplesWords,
      about: `${multiplesWords.about} (widths of ${usualMultiple})`,
    },
    near: {
      value: String(usualNear),
      about: 'the factor by which ratios may differ from those of the family',
    },
    ...designOptions,
    format: {
      of: ['table', 'json', 'csv', 'architecture'],
      about: 'how to print it; architecture is the document of the first, for any other command',
    },
  },
  examples: [
    {
      run: 'archcost size --params 13B --context 128Ki --on "H100 SXM" --layers 32..48:step:8',
      about: 'dense, as Llama 3.1, with a cache that fits beside the weights',
    },
    {
      run: 'archcost size --params 30B --active 3B --layers 32,48 --minimise bytes_read.decode',
      about: 'experts for two budgets, with the least to read in a decode step',
    },
    {
      run: 'archcost size --on L40S --dtype fp8 --layers 32,40 --multiple-of d_model=512,n_kv_heads=4 --format csv',
      about: 'the largest that fit on a device',
    },
    {
      run: 'archcost size --params 1B --layers 16 --like qwen3-8b --format architecture | archcost cost -',
      about: 'all costs of the first',
    },
  ],
  async run(_words, options) {
    const { brief, memory } = await readBrief(options)
    const sizing = size(brief, readDepths(brief, options['layers']))
    const format = options['format'] ?? 'table'
    if (sizing.shapes.length > 0 || format === 'json')
      await print(sizingText(sizing, brief, format, memory))
    if (sizing.shapes.length > 0) {
      if (memory !== null && format !== 'table') say(`${memory.words}\n`)
      return 0
    }
    for (const line of missLines(sizing)) say(`${line}\n`)
    throw new CommandError('no shape meets all of this; see above what rules them out')
  },
}

async function readBrief(options: Options): Promise<{ brief: Brief; memory: Memory | null }> {
  const params = count('--params', options['params'])
  const active = count('--active', options['active'])
  if (params === null && options['on'] === undefined && options['deployment'] === undefined)
    throw new UsageError('size needs --params NUMBER, or --on DEVICE for what fits on it')
  const like = options['like'] ?? (active === null ? families.dense : families.experts)
  const { design, memory } = await readDeployed(like, options)
  // On one device without a runtime a rank holds weights and cache, which are found faster than what it needs.
  const family = isPlain(options) ? { ...design, deployment: undefined } : design
  if (family.architecture.stacks.length > 1)
    throw new CommandError(
      `${family.architecture.name} has an encoder beside its decoder, and shapes are of one stack; name another family`,
    )
  const { multiple_of = usualMultiple } = readMultiples(family, options['multiple-of'])
  const brief = briefOf({
    family,
    params,
    active,
    memory: memory && memory.bytes,
    minimise: options['minimise'] ?? usualCost(family),
    multiple_of,
    near: options['near'] === undefined ? usualNear : readNear(options['near']),
  })
  return { brief, memory }
}

const isPlain = (options: Options): boolean =>
  !/^\d+\s*[x*]/.test(options['on'] ?? '') &&
  Object.keys(deploymentOptions).every((name) => name === 'on' || options[name] === undefined)

const count = (option: string, text: string | undefined): number | null =>
  text === undefined ? null : readCount(option, text)

const readNear = (text: string): number =>
  usage(() => parseNumber(text, { what: 'the factor', min: 1 }), '--near')

function readDepths({ architecture }: Brief, text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined
  const depths = usage(() => parseRange(findSetting(architecture, 'n_layers'), text), '--layers')
  if (depths.includes(0)) throw new UsageError('--layers: a shape has at least 1 layer, not 0')
  return depths.map(Number)
}
