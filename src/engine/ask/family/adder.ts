/**
 * Adds up terms for one choice of values after another. Settings stand in loops, one inside the other, each with the sums of
 * all that it and those around it settle: from one choice to the next only what a changed setting reaches is added again.
 */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { SettingValue } from '../../vary/setting.ts'
import type { Column } from '../quantity/measure.ts'
import { remembered, type Keep, type Term, type Values } from './term.ts'

/** The sums of all columns, overwritten by the next; or why there is no such design. */
export type Add = (values: Values) => Float64Array | ArchcostError

interface Loop {
  setting: number
  terms: readonly KeptTerm[]
  sums: Float64Array
  /** What is wrong with all designs inside. */
  problem: ArchcostError | null
}

interface KeptTerm {
  term: Term
  times: (values: Values) => number | ArchcostError
  answers: (values: Values) => readonly number[] | ArchcostError
}

/** @param order the settings from the outermost loop to the innermost */
export function adder(
  columns: readonly Column[],
  terms: readonly Term[],
  order: readonly number[],
  keep: Keep = remembered,
): Add {
  // A failure is kept as an answer is.
  const kept = (term: Term): KeptTerm => ({
    term,
    times: keep(term.times_depend, (values) => attempt(() => term.times(values))),
    answers: keep(term.depends, (values) => attempt(() => term.answers(values))),
  })
  // The outermost is of what depends on no setting.
  const loops = [-1, ...order].map((setting, level): Loop => ({
    setting,
    terms: terms.filter((term) => levelOf(term, order) === level).map(kept),
    sums: Float64Array.from(columns, ({ of }) => (of === 'setting' ? NaN : 0)),
    problem: null,
  }))
  let before: SettingValue[] | null = null
  return (values) => {
    const from = before === null ? 0 : firstChanged(loops, before, values)
    before ??= []
    for (let level = from; level < loops.length; level++) {
      const loop = loops[level]!
      before[loop.setting] = values[loop.setting]!
      settle(loop, loops[level - 1], values)
    }
    const { problem, sums } = loops.at(-1)!
    return problem ?? sums
  }
}

function firstChanged(loops: readonly Loop[], before: Values, values: Values): number {
  let level = 1
  while (level < loops.length && before[loops[level]!.setting] === values[loops[level]!.setting])
    level++
  return level
}

/** How many settings of an order decide what a term adds. */
const levelOf = ({ depends, times_depend }: Term, order: readonly number[]): number =>
  order.findLastIndex((setting) => depends.includes(setting) || times_depend.includes(setting)) + 1

function settle(loop: Loop, around: Loop | undefined, values: Values): void {
  const { sums, terms } = loop
  loop.problem = around?.problem ?? null
  if (loop.problem !== null) return
  // Faster than the array's own `set` for so few.
  if (around)
    for (let column = 0; column < sums.length; column++) sums[column] = around.sums[column]!
  for (let index = 0; index < terms.length && loop.problem === null; index++)
    loop.problem = addTerm(terms[index]!, sums, values)
}

/** @returns what is wrong */
function addTerm({ term, times, answers }: KeptTerm, sums: Float64Array, values: Values) {
  const many = times(values)
  if (many instanceof ArchcostError) return many
  // What no layer holds need not be right.
  if (many === 0) return null
  const found = answers(values)
  if (found instanceof ArchcostError) return found
  const { columns, is_value } = term
  for (let index = 0; index < columns.length; index++) {
    const answer = found[index]!
    if (!is_value) sums[columns[index]!]! += many * answer
    else if (!Number.isNaN(answer)) sums[columns[index]!] = answer
  }
  return null
}
