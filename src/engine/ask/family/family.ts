/** Designs that differ in a few settings: what they answer, computing again only what depends on a changed setting. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { prepare } from '../../../architecture/check.ts'
import { evaluate } from '../../evaluate.ts'
import type { Cost } from '../../types.ts'
import { variation, type Design, type Variation } from '../../vary/variation.ts'
import { parseMeasure, type Measure } from '../quantity/measures.ts'
import type { Column } from '../quantity/measure.ts'
import { adder } from './adder.ts'
import { remembered, type Term, type Values } from './term.ts'
import { termsOf } from './terms.ts'

export interface Family extends Variation {
  measures: readonly Measure[]
  /** What is added up for the measures. */
  columns: readonly Column[]
  terms: readonly Term[]
  /** Of the measures, in order. */
  readers: readonly Reader[]
}

/** How a measure is read from the sums of all columns. */
export interface Reader {
  /** Those that it is read from. */
  columns: readonly number[]
  /** @throws ArchcostError where a scenario refuses the design */
  read: (sums: ArrayLike<number>, values: Values) => number
  may_refuse: boolean
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
  const columns = new Map<string, Column>()
  const places = measures.map((measure) =>
    measure.columns.map((column) => {
      const key = JSON.stringify(column)
      columns.set(key, column)
      return [...columns.keys()].indexOf(key)
    }),
  )
  const all = [...columns.values()]
  return {
    ...varied,
    measures,
    columns: all,
    terms: termsOf(varied, all),
    readers: measures.map((measure, index) => readerOf(measure, places[index]!, varied)),
  }
}

function readerOf({ of, read }: Measure, columns: readonly number[], varied: Variation): Reader {
  const [first] = columns
  if (read === null) return { columns, read: (sums) => sums[first!]!, may_refuse: false }
  let sums: ArrayLike<number> = []
  const answer = (values: Values): number =>
    read(
      columns.map((column) => sums[column]!),
      () => varied.designAt(values),
    )
  // A scenario costs more to ask than to remember.
  const is_scenario = of === 'scenario'
  const ask = is_scenario ? remembered([...varied.settings.keys()], answer) : answer
  return {
    columns,
    read(now, values) {
      sums = now
      return ask(values)
    },
    may_refuse: is_scenario,
  }
}

/** Measures by values, or why there is no such design. */
export type Ask = (values: Values) => number[] | ArchcostError

/**
 * Answers for one choice of values after another.
 * @param order the settings from the one that changes least often
 */
export function asker(
  { settings, columns, terms, readers }: Family,
  order: readonly number[] = [...settings.keys()],
): Ask {
  const add = adder(columns, terms, order)
  return (values) => {
    const sums = add(values)
    return sums instanceof ArchcostError
      ? sums
      : attempt(() => readers.map(({ read }) => read(sums, values)))
  }
}

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
