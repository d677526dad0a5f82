/** Questions of the contract that a file leaves to a default, or says to be nothing. */
import { unquantised } from './compile-contract.ts'
import { distinctNames } from './expression.ts'
import { within } from './formula-error.ts'
import type { Contract, Definition, Question } from './mechanism.ts'
import { didYouMean } from './nearest.ts'

/**
 * Definitions for the questions that `definitions` leave open.
 * @throws FormulaError where one has no default and is not listed as zero
 */
export function answersByDefault(
  definitions: readonly Definition[],
  zero: readonly string[],
  contract: Contract,
  file: string,
): Definition[] {
  const at = within(file)
  const answered = new Set(definitions.map(({ name }) => name))
  at('zero', () => checkZero(zero, answered, contract))
  const open = contract.questions.filter(({ name }) => !answered.has(name))
  return open.flatMap((question) =>
    at('quantities', () => {
      const whole = answer(question, zero)
      return question.split ? inParts(whole, definitions) : [whole]
    }),
  )
}

function checkZero(
  zero: readonly string[],
  answered: ReadonlySet<string>,
  contract: Contract,
): void {
  const questions = contract.questions.map(({ name }) => name)
  for (const name of zero) {
    if (!questions.includes(name))
      throw new Error(`${name} is no question of the contract${didYouMean(name, questions)}`)
    if (answered.has(name))
      throw new Error(`${name} is answered under quantities; take it off one of the two`)
  }
}

/** What is asked by class and answered by another quantity has its parts; of weights, those of the parameters. */
function inParts(whole: Definition, definitions: readonly Definition[]): Definition[] {
  if (whole.expression === 0) return [whole]
  const other = whole.expression as string
  const parts = definitions
    .filter(({ part_of }) => part_of === other)
    .map(({ name, label, unquantised: stays, class: role }): Definition => ({
      name: `${whole.name}${name.slice(other.length)}`,
      label,
      unit: whole.unit,
      part_of: whole.name,
      expression: name,
      class: stays ? unquantised : role!,
    }))
  return [...parts, whole]
}

function answer(
  { name, label, unit, about, default: fallback }: Question,
  zero: readonly string[],
): Definition {
  // What follows from nothing is nothing: no cache is read where none is held.
  const isZero =
    zero.includes(name) ||
    (fallback !== undefined && distinctNames(fallback).some((need) => zero.includes(need)))
  if (!isZero && fallback === undefined)
    throw new Error(
      `does not answer ${name} (${about.replace(/\.$/, '')}); give it, or list it under zero`,
    )
  return { name, label, unit, expression: isZero ? 0 : fallback! }
}
