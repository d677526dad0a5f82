/** Designs that differ in a few settings: what they answer, computing again only what depends on a changed setting. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { prepare } from '../../../architecture/check.ts'
import { evaluate } from '../../evaluate.ts'
import type { Cost } from '../../types.ts'
import { variation, type Design, type Variation } from '../../vary/variation.ts'
import { parseMeasure, type Measure } from '../quantity/measures.ts'
import { readerOf, type Reader } from './readers.ts'
import type { Column } from './columns.ts'
import { addTo, remembered, startOf, type Term, type Values } from './term.ts'
import { termsOf } from './terms.ts'

export interface Family extends Variation {
  measures: readonly Measure[]
  /** What is added up for the measures. */
  columns: readonly Column[]
  terms: readonly Term[]
  /** Of the measures, in order. */
  readers: readonly Reader[]
}

/**
 * @param names settings that vary
 * @param asked what is asked of the designs, by text or already read
 * @throws ArchcostError where the design has no such settings or quantities
 */
export function family(
  design: Design,
  names: readonly string[],
  asked: readonly (string | Measure)[],
  held: readonly string[] = [],
): Family {
  const varied = variation(design, names, held)
  const measures = asked.map((each) =>
    typeof each === 'string' ? parseMeasure(varied.model.architecture, each) : each,
  )
  const columns: Column[] = []
  const keys: string[] = []
  const columnOf = (column: Column): number => {
    const key = JSON.stringify(column)
    const known = keys.indexOf(key)
    if (known >= 0) return known
    keys.push(key)
    return columns.push(column) - 1
  }
  const readers = measures.map((measure) => readerOf(measure, varied, columnOf))
  const terms = inOrder(termsOf(varied, columns), [...names.keys()])
  return { ...varied, measures, columns, terms, readers }
}

/** How many settings of an order decide what a term adds. */
export const levelOf = ({ depends, times_depend }: Term, order: readonly number[]): number =>
  order.findLastIndex((setting) => depends.includes(setting) || times_depend.includes(setting)) + 1

/** Terms by their levels, so that of two things that are wrong everyone meets the same one first. */
export const inOrder = (terms: readonly Term[], order: readonly number[]): Term[] =>
  terms.toSorted((a, b) => levelOf(a, order) - levelOf(b, order))

/** Measures by values, or why there is no such design. */
export type Ask = (values: Values) => number[] | ArchcostError

/** Answers for one choice of values after another; what a changed setting does not reach is kept from the choice before. */
export function asker({ terms, columns, readers }: Family): Ask {
  const kept = terms.map((term) => ({
    term,
    times: keep(term.times_depend, term.times),
    answers: keep(term.depends, term.answers),
  }))
  return (values) => {
    const sums = startOf(columns)
    for (const { term, times, answers } of kept) {
      const many = times(values)
      if (many instanceof ArchcostError) return many
      if (many === 0) continue
      const found = answers(values)
      if (found instanceof ArchcostError) return found
      addTo(sums, term, many, found)
    }
    return attempt(() => readers.map(({ read }) => read(sums, values)))
  }
}

/** As `remembered`, for what may fail: the failure is an answer as well. */
const keep = <Answer>(
  depends: readonly number[],
  answer: (values: Values) => Answer,
): ((values: Values) => Answer | ArchcostError) =>
  remembered(depends, (values) => attempt(() => answer(values)))

/** The whole cost of the design at some values, as `evaluate` gives it. */
export function costAt({ designAt }: Variation, values: Values): Cost {
  const { architecture, workload } = designAt(values)
  return evaluate(prepare(architecture), workload)
}

/** @throws ArchcostError where the design has no such quantity */
export function answersOf(design: Design, quantities: readonly string[]): number[] {
  const answers = asker(family(design, [], quantities))([])
  if (answers instanceof ArchcostError) throw answers
  return answers
}
