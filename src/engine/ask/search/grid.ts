/**
 * The numbers of a family over a grid of designs. Settings stand in loops, one inside the other, each with the sums of all that
 * it and those around it settle, so that only what a changed setting reaches is added again. Designs that differ in the innermost
 * setting alone are a row, and added up together.
 */
import type { ArchcostError } from '../../../architecture/errors.ts'
import type { Family } from '../family/family.ts'
import { addTo, levelOf, type Term } from '../family/term.ts'
import type { Table, Tables } from './table.ts'

export interface Row {
  /** Design after design by the innermost setting, as many of each as the family says. */
  numbers: Float64Array
  /** Why there is no such design. */
  problems: (ArchcostError | null)[]
}

/** The terms that a setting is the last to settle, and a row of designs; of outer settings one design stands for all inside. */
interface Loop extends Row {
  terms: readonly KeptTerm[]
}

interface KeptTerm extends Omit<Term, 'times' | 'answers'> {
  times: Table
  answers: Table
}

/**
 * Adds up the row of the design at a place, counted with the innermost setting fastest, from that design up to so many. The
 * next row overwrites it.
 */
export type RowAt = (place: number, count: number) => Row

export function rowsOf({ zero, terms }: Family, tables: Tables): RowAt {
  const { lists, order } = tables
  const { length } = lists[order.at(-1)!]!
  // The first loop is of what depends on no setting.
  const loops = [0, ...order.map((_, index) => index + 1)].map((level): Loop => {
    const designs = Array.from({ length: level === order.length ? length : 1 }, () => zero)
    return {
      terms: terms
        .filter((term) => levelOf(term, order) === level)
        .map((term) => ({
          ...term,
          times: tables.of(term.times_depend, 1, (values) => [term.times(values)]),
          answers: tables.of(term.depends, term.columns.length, term.answers),
        })),
      numbers: Float64Array.from(designs.flat()),
      problems: designs.map(() => null),
    }
  })
  const settle = (level: number, from: number, to: number): void => {
    const [loop, around] = [loops[level]!, loops[level - 1]]
    if (around) copyInto(loop, around, zero.length, from, to)
    for (const term of loop.terms) addTerm(term, loop, zero.length, from, to)
  }
  settle(0, 0, 1)
  /** By loop, which choice of values this is for its setting and those around it. */
  const branches = new Float64Array(order.length).fill(NaN)
  return (place, count) => {
    let [loop, branch] = [order.length - 2, Math.floor(place / length)]
    // From the row's setting out, up to the first that stays.
    for (; loop >= 0 && branches[loop] !== branch; loop--) {
      branches[loop] = branch
      const many = lists[order[loop]!]!.length
      tables.turn(order[loop]!, branch % many)
      branch = Math.floor(branch / many)
    }
    for (let level = loop + 2; level < order.length; level++) settle(level, 0, 1)
    settle(order.length, place % length, (place % length) + count)
    return loops.at(-1)!
  }
}

/** Begins designs with what the loop around them settled. */
function copyInto(to: Row, from: Row, width: number, first: number, end: number): void {
  for (let digit = first; digit < end; digit++) {
    to.problems[digit] = from.problems[0]!
    // Faster than the array's own `set` for so few.
    for (let column = 0; column < width; column++)
      to.numbers[digit * width + column] = from.numbers[column]!
  }
}

function addTerm(
  term: KeptTerm,
  { numbers, problems }: Row,
  width: number,
  first: number,
  end: number,
): void {
  const { times, answers } = term
  let slot = times.find(first)
  for (let digit = first; digit < end; digit++) {
    if (problems[digit] !== null) continue
    if (times.stride !== 0) slot = times.find(digit)
    problems[digit] = times.problems[slot]!
    const many = times.answers[slot]!
    // What no layer holds need not be right.
    if (problems[digit] !== null || many === 0) continue
    const found = answers.find(digit)
    problems[digit] = answers.problems[found]!
    if (problems[digit] === null)
      addTo(numbers, digit * width, term, many, answers.answers, found * answers.width)
  }
}
