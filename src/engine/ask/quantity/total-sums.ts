/** Totals as sums over blocks: which columns each is read from, and how. */
import { calledByTotals, classes, perSequence, questions, slot } from '../../../formulas/index.ts'
import { scalingLaw } from '../../../formulas/generated/scenarios/scaling-law.ts'
import { totalNamed, type Prediction, type Sum, type Total } from '../../explain/totals.ts'
import type { Workload } from '../../types.ts'
import { workloadSetting } from '../../vary/setting.ts'
import type { Column, SumColumn } from './measure.ts'

export interface Sums {
  columns: readonly Column[]
  /** @param first the place of its first column among the sums */
  read: (sums: readonly number[], first?: number) => number
}

/** The columns that a total needs, and how it is read from their sums. */
export function sumsOf(total: Total, at: Partial<Workload>): Sums {
  if (!('calls' in total)) return asItIs(columnOf(total, at))
  const columns: Column[] = []
  const parts = total.of.map((name): Sums['read'] => {
    const other = totalNamed(name)
    const own = other
      ? sumsOf(other, at)
      : asItIs({ of: 'setting', setting: workloadSetting(name), at })
    const offset = columns.push(...own.columns) - own.columns.length
    return (sums, first = 0) => own.read(sums, first + offset)
  })
  const call = calledByTotals[total.calls]!
  return {
    columns,
    read: (sums, first = 0) => call(...parts.map((read) => read(sums, first))),
  }
}

const asItIs = (column: Column): Sums => ({
  columns: [column],
  read: (sums, first = 0) => sums[first]!,
})

/** Every block is in it, so that a design that cannot be built is known before it is asked. */
export const ofEveryBlock = (): readonly Column[] => sumsOf(totalNamed('params.total')!, {}).columns

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
