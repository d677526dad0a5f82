/** Totals as sums over blocks: which columns of answers each adds up, and how it is read from these. */
import { calledByTotals, classes, perSequence, questions, slot } from '../../../formulas/index.ts'
import { scalingLaw } from '../../../formulas/generated/scenarios/scaling-law.ts'
import {
  totalNamed,
  type Occasion,
  type Prediction,
  type Sum,
  type Total,
} from '../../explain/totals.ts'
import type { Workload } from '../../types.ts'

/** A sum over blocks: of some slots of the contract, on one occasion. */
export interface SumColumn {
  of: 'sum'
  occasion: Occasion
  slots: readonly number[]
  /** The stacks that it is over, where these are not the language model's. */
  over?: string
  /** Weights, in bytes: the slots are those of `formatRoles`, or of one of them. */
  weighed?: { role: string | null }
  /** Multiplied by the batch. */
  per_sequence: boolean
  /** What its workload has in the place of the design's. */
  at: Partial<Workload>
}

/** A number of the workload. */
export interface WorkloadColumn {
  of: 'workload'
  key: keyof Workload
  /** What its workload has in the place of the design's. */
  at: Partial<Workload>
}

export interface Sums {
  columns: readonly (SumColumn | WorkloadColumn)[]
  /** @param first the place of its first column among the sums */
  read: (sums: readonly number[], first?: number) => number
}

/** The columns that a total needs, and how it is read from their sums. */
export function sumsOf(total: Total, at: Partial<Workload>): Sums {
  if (!('calls' in total))
    return { columns: [columnOf(total, at)], read: (sums, first = 0) => sums[first]! }
  const columns: (SumColumn | WorkloadColumn)[] = []
  const parts = total.of.map((name): Sums['read'] => {
    const other = totalNamed(name)
    const own: Sums = other
      ? sumsOf(other, at)
      : {
          columns: [{ of: 'workload', key: name as keyof Workload, at }],
          read: (sums, first = 0) => sums[first]!,
        }
    const offset = columns.push(...own.columns) - own.columns.length
    return (sums, first = 0) => own.read(sums, first + offset)
  })
  const call = calledByTotals[total.calls]!
  return {
    columns,
    read: (sums, first = 0) => call(...parts.map((read) => read(sums, first))),
  }
}

function columnOf(
  { occasion, adds, of_class, over, weighed }: Sum,
  at: Partial<Workload>,
): SumColumn {
  const names = adds.flatMap((question) =>
    of_class === undefined ? slotNames(question) : [`${question}.${of_class}`],
  )
  const slots = names.map((name) => slot[name as keyof typeof slot])
  const per_sequence = perSequence.includes(slots[0]!)
  const column = { of: 'sum' as const, occasion, slots, per_sequence, at, ...(over && { over }) }
  return weighed ? { ...column, weighed: { role: of_class ?? null } } : column
}

function slotNames(name: string): string[] {
  const question = questions.find((each) => each.name === name)!
  return 'split' in question ? classes[question.split].map((each) => `${name}.${each}`) : [name]
}

// The law is a scenario: it knows no architecture and no pass, and leaves these unread.
const nothing = {} as never

/** A prediction from a fit on dense models, with active parameters for mixtures of experts. */
export function predictedFrom(
  { of, asks, quantity }: Prediction,
  from: number,
  under: number,
): number {
  const settings = scalingLaw.resolve({ [of.setting]: from, [asks.setting]: under }, nothing)
  return scalingLaw.values(settings, nothing)[quantity] as number
}
