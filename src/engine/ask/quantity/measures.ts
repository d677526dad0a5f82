/** What is asked of designs: a total by its name in the cost, at a context of its own if wanted, or a setting as it comes out. */
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import {
  classes,
  didYouMean,
  non_embedding,
  perSequence,
  questions,
  slot,
  without_embedding,
} from '../../../formulas/index.ts'
import { prepare } from '../../../architecture/check.ts'
import {
  read_bytes,
  serving_bytes,
  sharedFunctions,
  weight_bytes,
} from '../../../formulas/generated/functions.ts'
import { scalingLaw } from '../../../formulas/generated/scenarios/scaling-law.ts'
import { readCondition, refuseOthers, type Condition } from '../../condition.ts'
import { chooseAlso, explainScenario, scenarioOf } from '../../explain/scenario.ts'
import {
  applies,
  notOfEncoder,
  predictions,
  shortly,
  totalNamed,
  totals,
  type Occasion,
  type Prediction,
  type Sum,
  type Total,
} from '../../explain/totals.ts'
import { parseNumber } from '../../numbers.ts'
import type { Workload } from '../../types.ts'
import { findSetting, type Setting } from '../../vary/setting.ts'
import type { Design } from '../../vary/variation.ts'
import { completeWorkload } from '../../workload.ts'
import { directionsOf, type Direction } from './directions.ts'

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
      /** Whether it grows or falls with each of its columns, where that is known. */
      directions: readonly Direction[] | null
      /** From the columns' values, in order. */ read: (
        sums: readonly number[],
        workload: Workload,
      ) => number
    }
  | { of: 'setting'; setting: Setting }
  | {
      of: 'scenario'
      /** What it is a quantity of, and the settings of it that it says itself. */
      scenario: string
      says: readonly string[]
      /** Of every block, so that a design that cannot be built is known before it is asked. */
      columns: readonly Column[]
      /** @throws ArchcostError where the scenario does not fit the design */ read: (
        design: Design,
      ) => number
    }
)

/** The functions that totals call. */
const called: Readonly<Record<string, (...values: number[]) => number>> = {
  without_embedding,
  non_embedding,
  weight_bytes,
  serving_bytes,
  read_bytes,
}

interface Sums {
  columns: readonly Column[]
  directions: readonly Direction[] | null
  /** @param first the place of its first column among the sums */
  read: (sums: readonly number[], workload: Workload, first: number) => number
}

/** The columns that a total needs, and how it is read from their sums. */
function sumsOf(total: Total, at: Partial<Workload>): Sums {
  if (!('calls' in total))
    return {
      columns: [columnOf(total, at)],
      directions: [1],
      read: (sums, _workload, first) => sums[first]!,
    }
  const { parameters, expression } = sharedFunctions[total.calls]!
  const known = directionsOf(expression)
  const columns: Column[] = []
  let directions: Direction[] | null = known && []
  const parts = total.of.map((name, index): Sums['read'] => {
    const part = totalNamed(name)
    const key = name.replace('workload.', '') as 'bytes_per_weight'
    if (!part) return (_sums, workload) => workload[key]
    const own = sumsOf(part, at)
    const offset = columns.push(...own.columns) - own.columns.length
    const along = known?.get(parameters[index]!)
    directions =
      directions && along && own.directions
        ? [...directions, ...own.directions.map((each) => (each * along) as Direction)]
        : null
    return (sums, workload, first) => own.read(sums, workload, first + offset)
  })
  const call = called[total.calls]!
  return {
    columns,
    directions,
    read: (sums, workload, first) => call(...parts.map((read) => read(sums, workload, first))),
  }
}

function columnOf({ occasion, adds, of_class }: Sum, at: Partial<Workload>): Column {
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

// The law is a scenario: it knows no architecture and no pass, and leaves these unread.
const nothing = {} as never

/** A prediction from a fit on dense models, with active parameters for mixtures of experts. */
function predicted({ of, asks, quantity }: Prediction, from: number, under: number): number {
  const settings = scalingLaw.resolve({ [of.setting]: from, [asks.setting]: under }, nothing)
  return scalingLaw.values(settings, nothing)[quantity] as number
}

/** The names of all quantities that can be asked for. */
export const quantities: readonly { name: string; label: string; unit: string }[] = [
  ...totals,
  ...predictions,
]

/** Whether a total applies: an encoder has no decode step and no cache. */
export function hasTotal({ stacks }: Architecture, name: string): boolean {
  const total = totalNamed(name)
  return (
    total !== undefined &&
    applies(total, { decoder: stacks.find(({ role }) => role === 'decoder') })
  )
}

const fail = (text: string, message: string): never => {
  throw new ArchcostError('invalid_workload', message, text)
}

/**
 * Reads `params.total`, `cache.bytes at 128k`, `flops.decode at context=128k,batch=8`, `loss at tokens=15T`, `mixer.d_head`,
 * `distinct-experts.distinct`, `roofline.seconds at device=L40S`.
 * @throws ArchcostError where there is no such quantity or setting
 */
export function parseMeasure(architecture: Architecture, text: string): Measure {
  const [name = '', said] = text.trim().split(/\s+at\s+|@/)
  const condition = readCondition(text, said)
  if (scenarioOf(name)) return scenarioMeasure(architecture, text, name, condition)
  const prediction = predictions.find((each) => each.name === name)
  if (prediction) return predictedMeasure(prediction, text, condition)
  refuseOthers(text, condition)
  const total = totalNamed(name)
  if (!total) return settingMeasure(architecture, text, name, said)
  if (!hasTotal(architecture, name)) fail(text, notOfEncoder)
  const { columns, directions, read } = sumsOf(total, condition.workload)
  return {
    // By its whole name, so that what is asked for twice is shown once.
    name: text.trim().replace(name, total.name),
    label: total.label,
    unit: total.unit,
    of: 'sums',
    is_sum: !('calls' in total),
    columns,
    directions,
    read: (sums, workload) => read(sums, workload, 0),
  }
}

function predictedMeasure(
  prediction: Prediction,
  text: string,
  { workload: at, others }: Condition,
): Measure {
  const { name, label, unit, asks, of } = prediction
  const { [asks.key]: said, ...rest } = others
  if (said === undefined)
    return fail(
      text,
      `is predicted for a number of training tokens; say it: ${name} at ${asks.key}=${asks.example}`,
    )
  refuseOthers(text, { workload: at, others: rest })
  const under = parseNumber(said, { what: text, whole: true, min: 1 })
  return {
    name: text.trim(),
    label,
    unit,
    of: 'sums',
    is_sum: false,
    // The law's own constants may be anything.
    directions: null,
    columns: sumsOf(totalNamed(of.total)!, at).columns,
    read: ([from]) => predicted(prediction, from!, under),
  }
}

/** A scenario's quantity, of the design as a whole: it may ask for anything that a model says. */
function scenarioMeasure(
  architecture: Architecture,
  text: string,
  name: string,
  condition: Condition,
): Measure {
  const scenario = scenarioOf(name)!
  const open = (design: Design) => {
    const model = prepare(design.architecture)
    const workload = completeWorkload(model, { ...design.workload, ...condition.workload })
    const chosen = chooseAlso({ set: design.scenarios?.[scenario.name] ?? {} }, condition)
    return explainScenario(scenario, name, model, workload, chosen)
  }
  const { label, unit, value } = open({ architecture, workload: {} })
  if (typeof value !== 'number') fail(text, 'is no single number; explain opens it')
  return {
    name: text.trim(),
    label,
    unit,
    of: 'scenario',
    scenario: scenario.name,
    says: Object.keys(condition.others),
    columns: sumsOf(totalNamed('params.total')!, {}).columns,
    read: (design) => open(design).value as number,
  }
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
