/** The rows of the cost table: every total, by group. */
import { listedTotals, partsOfTotal, wordsOf } from '../engine/costs.ts'
import { readCost } from '../engine/read-cost.ts'
import { formatBytes, formatExact } from '../engine/numbers.ts'
import type { Total } from '../formulas/index.ts'
import { shortAnswer } from './answer-text.ts'
import type { CostReport } from './cost-report.ts'

export interface CostRow {
  label: string
  /** null where it does not apply to a model, as a cache to an encoder. */
  values: readonly (number | null)[]
  unit: string
  /** In human units, bytes in both powers. */
  inUnits: (value: number) => string
  /** What the value above is made of. */
  parts: readonly CostRow[]
}
export interface CostSection {
  title: string
  rows: readonly CostRow[]
}

const inUnits = (value: number, unit: string): string =>
  unit === 'byte'
    ? `${formatBytes(value)} = ${formatBytes(value, 'GiB')}`
    : shortAnswer(value, unit)

/** The rows for some models side by side; what is nothing in all of them is left out of parts. */
export function costSections(reports: readonly CostReport[]): CostSection[] {
  const valuesOf = (name: string): (number | null)[] =>
    reports.map((report) => readCost(report, name))
  const rowOf = (total: Total): CostRow => ({
    label: wordsOf(total),
    values: valuesOf(total.name),
    unit: total.unit,
    inUnits: (value) => inUnits(value, total.unit),
    parts: partsOfTotal(total.name)
      .map(rowOf)
      .filter(({ values }) => values.some((value) => value)),
  })
  // What is counted otherwise is shown where that makes a difference.
  const differs = ({ name, otherwise }: Total): boolean =>
    otherwise === undefined || valuesOf(name).join() !== valuesOf(otherwise).join()
  const wholes = valuesOf('params.whole.total').some((value) => value !== null)
  // A model without towers is not told of them; that an encoder has no cache is worth a line.
  const applies = (total: Total): boolean =>
    !('over' in total) || valuesOf(total.name).some((value) => value !== null)
  const contexts = reports.map(({ workload }) => workload.context)
  const same = contexts.every((context) => context === contexts[0])
  const workload = {
    title: same ? `At a context of ${formatExact(contexts[0]!)} tokens` : 'Workload',
    rows: same
      ? []
      : [{ label: 'Context', values: contexts, unit: '', inUnits: formatExact, parts: [] }],
  }
  const groups = listedTotals.map(({ id, title, totals }) => ({
    title: wholes && id === 'params' ? `${title} of the language model` : title,
    rows: totals
      .filter((total) => total.part_of === undefined && differs(total) && applies(total))
      .map(rowOf)
      .filter(({ values }) => values.some(Boolean) || values.every((value) => value === null)),
  }))
  return [workload, ...groups.filter(({ rows }) => rows.length > 0)]
}
