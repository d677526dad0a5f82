/** What is asked of designs: a total by its name in the cost, at a context of its own if wanted, or a setting as it comes out. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Architecture } from '../../architecture/schema.ts'
import {
  classes,
  didYouMean,
  non_embedding,
  perSequence,
  questions,
  slot,
  without_embedding,
} from '../../formulas/index.ts'
import { serving_bytes, weight_bytes } from '../../formulas/generated/functions.ts'
import { scalingLaw } from '../../formulas/generated/scenarios/scaling-law.ts'
import { totals, type Occasion, type Total } from '../explain/totals.ts'
import { parseNumber } from '../numbers.ts'
import type { Workload } from '../types.ts'
import { findSetting, type Setting } from '../vary/setting.ts'

/** A sum over blocks: of some slots of the contract, on one occasion. */
export interface Column {
  occasion: Occasion
  slots: readonly number[]
  /** Multiplied by the batch. */
  per_sequence: boolean
  /** What its workload has in the place of the design's. */
  at: Partial<Workload>
}

export type Measure = {
  /** As asked for: `cache.bytes at 131072`. */
  name: string
  label: string
  unit: string
} & (
  | {
      of: 'sums'
      columns: readonly Column[]
      /** Its value is that of its one column. */
      is_sum: boolean
      /** From the columns' values, in order. */ read: (
        sums: readonly number[],
        workload: Workload,
      ) => number
    }
  | { of: 'setting'; setting: Setting }
)

/** Totals that need more than sums of answers. */
const called: Readonly<Record<string, (...values: number[]) => number>> = {
  without_embedding,
  non_embedding,
}

const total = (name: string): Total => totals.find((each) => each.name === name)!

function columnOf(
  { occasion, adds, of_class }: Extract<Total, { adds: readonly string[] }>,
  at: Partial<Workload>,
): Column {
  const names = adds.flatMap((question) =>
    of_class === undefined ? slotNames(question) : [`${question}.${of_class}`],
  )
  const slots = names.map((name) => slot[name as keyof typeof slot])
  return { occasion, slots, per_sequence: perSequence.includes(slots[0]!), at }
}

function slotNames(name: string): string[] {
  const question = questions.find((each) => each.name === name)!
  return 'split' in question ? classes[question.split].map((each) => `${name}.${each}`) : [name]
}

/** Quantities beside those of the cost: what budgets are stated in, and what a scaling law predicts. */
const further: readonly {
  name: string
  label: string
  unit: string
  of: readonly string[]
  read: (sums: readonly number[], workload: Workload, tokens: number) => number
}[] = [
  {
    name: 'weights.bytes',
    label: 'Weights',
    unit: 'byte',
    of: ['params.total'],
    read: ([params], { bytes_per_weight }) => weight_bytes(params!, bytes_per_weight),
  },
  {
    name: 'memory.bytes',
    label: 'Weights and cache',
    unit: 'byte',
    of: ['params.total', 'cache.bytes'],
    read: ([params, cache], { bytes_per_weight }) =>
      serving_bytes(weight_bytes(params!, bytes_per_weight), cache!),
  },
  {
    name: 'bytes_read.decode',
    label: 'Weights and cache read by a decode step',
    unit: 'byte',
    of: ['bytes_read.decode_weights', 'bytes_read.decode_cache'],
    read: ([weights, cache]) => weights! + cache!,
  },
  {
    name: 'loss',
    label: 'Loss, predicted by a scaling law',
    unit: 'nat',
    of: ['params.active'],
    read: ([params], _workload, tokens) => predictedLoss(params!, tokens),
  },
]

// The law is a scenario: it knows no architecture and no pass, and leaves these unread.
const nothing = {} as never

/** A prediction from a fit on dense models, with active parameters for mixtures of experts. */
function predictedLoss(parameters: number, training_tokens: number): number {
  return scalingLaw.values(scalingLaw.resolve({ parameters, training_tokens }, nothing), nothing)[
    'loss'
  ] as number
}

/** What a group of the cost means when it is named alone. */
const shortly: Readonly<Record<string, string>> = { params: 'params.total', cache: 'cache.bytes' }

/** The names of all quantities that can be asked for. */
export const quantities: readonly { name: string; label: string; unit: string }[] = [
  ...totals,
  ...further,
]

const fail = (text: string, message: string): never => {
  throw new ArchcostError('invalid_workload', message, text)
}

/**
 * Reads `params.total`, `cache.bytes at 128k`, `flops.decode at context=128k,batch=8`, `loss at tokens=15T`, `mixer.d_head`.
 * @throws ArchcostError where there is no such quantity or setting
 */
export function parseMeasure(architecture: Architecture, text: string): Measure {
  const [said = '', condition] = text.trim().split(/\s+at\s+|@/)
  const name = Object.hasOwn(shortly, said) ? shortly[said]! : said
  const { tokens, ...at } = readCondition(text, condition)
  const base = { name: text.trim() }
  const extra = further.find((each) => each.name === name)
  if (extra) {
    if ((extra.name === 'loss') !== (tokens !== undefined))
      fail(
        text,
        extra.name === 'loss'
          ? 'is predicted for a number of training tokens; say it: loss at tokens=15T'
          : 'does not depend on training tokens',
      )
    const columns = extra.of.map((each) =>
      columnOf(total(each) as Extract<Total, { adds: readonly string[] }>, at),
    )
    checkOccasions(architecture, text, columns)
    return {
      ...base,
      label: extra.label,
      unit: extra.unit,
      of: 'sums',
      is_sum: false,
      columns,
      read: (sums, workload) => extra.read(sums, { ...workload, ...at }, tokens ?? 0),
    }
  }
  if (tokens !== undefined) fail(text, 'does not depend on training tokens')
  const known = totals.find((each) => each.name === name)
  if (!known) return settingMeasure(architecture, text, name, condition)
  const { label, unit } = known
  if ('calls' in known) {
    const columns = known.of.map((each) =>
      columnOf(total(each) as Extract<Total, { adds: readonly string[] }>, at),
    )
    return {
      ...base,
      label,
      unit,
      of: 'sums',
      is_sum: false,
      columns,
      read: (sums) => called[known.calls]!(...sums),
    }
  }
  const columns = [columnOf(known, at)]
  checkOccasions(architecture, text, columns)
  return { ...base, label, unit, of: 'sums', is_sum: true, columns, read: ([sum]) => sum! }
}

function checkOccasions({ stacks }: Architecture, text: string, columns: readonly Column[]): void {
  if (
    columns.some(({ occasion }) => occasion === 'decode') &&
    !stacks.some(({ role }) => role === 'decoder')
  )
    fail(text, 'does not apply to an encoder, which has no decode step and no cache')
}

function readCondition(
  text: string,
  condition: string | undefined,
): { tokens?: number; context?: number; batch?: number } {
  if (condition === undefined) return {}
  const entries = condition.split(',').map((part): [string, number] => {
    const [key, value] = part.includes('=')
      ? (part.split('=', 2) as [string, string])
      : ['context', part]
    if (!['context', 'batch', 'tokens'].includes(key.trim()))
      fail(text, `at says context, batch or tokens, not ${key}`)
    return [key.trim(), parseNumber(value, { what: text, whole: true, min: 1 })]
  })
  return Object.fromEntries(entries)
}

function settingMeasure(
  architecture: Architecture,
  text: string,
  name: string,
  condition: string | undefined,
): Measure {
  const group = quantities.filter((each) => each.name.startsWith(`${name}.`))
  if (group.length > 0)
    fail(text, `is several quantities; say which: ${group.map((each) => each.name).join(', ')}`)
  const near = didYouMean(name, [...Object.keys(shortly), ...quantities.map((each) => each.name)])
  try {
    if (condition !== undefined) throw new ArchcostError('invalid_workload', '')
    const setting = findSetting(architecture, name)
    return { name: text, label: setting.label, unit: '', of: 'setting', setting }
  } catch (error) {
    if (error instanceof ArchcostError && error.message.includes('several places')) throw error
    return fail(
      text,
      `is neither a quantity nor a setting of this architecture${near || '; quantities are params.total, params.active, flops.prefill, flops.decode, bytes_read.decode, cache.bytes, weights.bytes, memory.bytes and the others of cost --format json'}`,
    )
  }
}

/** What a measure reads in a cost that `evaluate` gives. */
export function readCost(cost: object, name: string): number | null {
  let found: unknown = cost
  for (const step of name.split('.')) found = (found as Record<string, unknown> | null)?.[step]
  return typeof found === 'number' ? found : null
}
