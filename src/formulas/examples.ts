/** Runs the worked examples of formula files. */
import { constants } from './functions.ts'
import { FormulaError } from './formula-error.ts'
import type { Formulas, Mechanism, SharedFunction } from './mechanism.ts'
import { didYouMean } from './nearest.ts'
import { evaluateFunction, evaluateReference, evaluateWith } from './reference.ts'

const close = (found: number, expected: number, within = 0): boolean => found === expected || Math.abs(found - expected) <= within * Math.abs(expected)

/** @throws FormulaError that names the example, the quantity, what was expected and what came out */
export function checkExamples(mechanism: Mechanism, formulas: Formulas): void {
  mechanism.examples.forEach((example, place) => {
    const path = `examples.${place} (${example.of})`
    const fail = (problem: string): never => {
      throw new FormulaError(mechanism.file, path, problem)
    }
    const known = [...mechanism.settings.map(({ name }) => name), ...formulas.contract.names.map(({ name }) => name)]
    for (const name of Object.keys(example.given)) if (!known.includes(name)) fail(`gives ${name}, which is no setting and no name of the contract${didYouMean(name, known)}`)
    let values
    try {
      values = evaluateReference(mechanism, example.given, formulas)
    } catch (error) {
      return fail((error as Error).message)
    }
    for (const check of mechanism.checks) if (!evaluateWith(check.must, values, formulas)) fail(`breaks a check of its own file: ${check.else}`)
    for (const [name, expected] of Object.entries(example.expect)) {
      const found = values.get(name)
      if (found === undefined) return fail(`expects ${name}, which is no quantity${didYouMean(name, values.keys())}`)
      const [founds, expecteds] = [[found].flat() as number[], [expected].flat()]
      if (!expecteds.every((value, index) => close(founds[index] ?? NaN, value, example.within))) fail(`${name} is expected to be ${JSON.stringify(expected)}, but comes out as ${JSON.stringify(found)}`)
    }
  })
}

/** @throws FormulaError, as above */
export function checkFunctionExamples(shared: SharedFunction, formulas: Formulas): void {
  for (const { of, given, expect, within } of shared.examples) {
    const args = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, constants[value] ?? Number(value)]))
    const found = evaluateFunction(shared.name, args, formulas)
    if (!close(found, expect, within)) throw new FormulaError(shared.file, `examples (${of})`, `${expect} is expected, but it comes out as ${found}`)
  }
}
