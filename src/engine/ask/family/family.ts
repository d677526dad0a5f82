/** Designs that differ in a few settings: what they answer, computing again only what depends on a changed setting. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { prepare } from '../../../architecture/check.ts'
import { evaluate } from '../../evaluate.ts'
import type { Cost } from '../../types.ts'
import { quantityOf } from '../../vary/scenario-settings.ts'
import type { Setting } from '../../vary/setting.ts'
import { variation, type Design, type Variation } from '../../vary/variation.ts'
import { parseMeasure, type Measure } from '../quantity/measures.ts'
import type { Column } from '../quantity/measure.ts'
import { addTo, levelOf, remembered, type Term, type Values } from './term.ts'
import { termsOf } from './terms.ts'

/** The numbers of a design are the sums of all columns, and behind them what is derived from these. */
export interface Family extends Variation {
  measures: readonly Measure[]
  /** Which number of a design answers each measure. */
  places: readonly number[]
  /** The numbers of a design before anything is added. */
  zero: readonly number[]
  terms: readonly Term[]
  derived: readonly Derived[]
}

export interface Derived {
  place: number
  /**
   * @param first where the numbers of the design begin
   * @throws ArchcostError where a scenario refuses the design
   */
  read: (numbers: ArrayLike<number>, first: number, values: Values) => number
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
  const byText = new Map(
    measures.flatMap(({ columns }) => columns.map((column) => [JSON.stringify(column), column])),
  )
  const texts = [...byText.keys()]
  const columns: Column[] = [...byText.values()]
  const derived: Derived[] = []
  const places = measures.map(({ columns: own, read }) => {
    const from = own.map((column) => texts.indexOf(JSON.stringify(column)))
    if (read === null) return from[0]!
    const place = columns.length + derived.length
    const sums = from.map(() => 0)
    derived.push({
      place,
      read(numbers, first, values) {
        for (let index = 0; index < from.length; index++)
          sums[index] = numbers[first + from[index]!]!
        return read(sums, varied, values)
      },
    })
    return place
  })
  const zero = [...columns.map(({ of }) => (of === 'setting' ? NaN : 0)), ...derived.map(() => 0)]
  return { ...varied, measures, places, zero, terms: termsOf(varied, columns), derived }
}

/** Measures by values, or why there is no such design. */
export type Ask = (values: Values) => number[] | ArchcostError

/** Answers for one choice of values after another. */
export function asker({ settings, zero, terms, derived, places }: Family): Ask {
  const order = [...settings.keys()]
  const inOrder = terms.toSorted((a, b) => levelOf(a, order) - levelOf(b, order))
  const still = inOrder.filter((term) => levelOf(term, order) === 0)
  const unmoved = remembered(
    [],
    adder(still, () => zero),
  )
  const add = adder(inOrder.slice(still.length), unmoved)
  return (values) =>
    attempt(() => {
      const numbers = add(values)
      for (const { place, read } of derived) numbers[place] = read(numbers, 0, values)
      return places.map((place) => numbers[place]!)
    })
}

/** Adds terms to numbers, each computed again only where something changes that it depends on. */
function adder(
  terms: readonly Term[],
  start: (values: Values) => readonly number[],
): (values: Values) => number[] {
  const kept = terms.map((term) => ({
    ...term,
    times: remembered(term.times_depend, term.times),
    answers: remembered(term.depends, term.answers),
  }))
  return (values) => {
    const numbers = [...start(values)]
    for (const term of kept) {
      const many = term.times(values)
      // What no layer holds need not be right.
      if (many !== 0) addTo(numbers, 0, term, many, term.answers(values), 0)
    }
    return numbers
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

/** @throws ArchcostError where a setting of a scenario varies while nothing that is asked reads it */
export function refuseIdle(settings: readonly Setting[], measures: readonly Measure[]): void {
  for (const { place, address } of settings) {
    if (place.of !== 'scenario') continue
    const { scenario, meta } = place
    const own = measures.filter((each) => each.of === 'scenario' && each.scenario === scenario)
    const reading = own.filter((each) => each.of === 'scenario' && !each.says.includes(meta.name))
    if (reading.length > 0) continue
    const why =
      own.length === 0
        ? `nothing that is asked belongs to ${scenario}; ask for a quantity of it, such as ${quantityOf(scenario)}`
        : `"${own[0]!.name}" says ${meta.name} itself; leave it out there`
    throw new ArchcostError('invalid_workload', `varies, but would change nothing: ${why}`, address)
  }
}
