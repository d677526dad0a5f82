/** Runs the worked examples of formula files. */
import { FormulaError, within } from './formula-error.ts'
import { constants } from './functions.ts'
import type { Example, Formulas, Mechanism, Setting, SharedFunction } from './mechanism.ts'
import { didYouMean } from './nearest.ts'
import { evaluateFunction, evaluateReference, evaluateWith, type Values } from './reference.ts'

const close = (found: number, expected: number, tolerance = 0): boolean =>
  found === expected || Math.abs(found - expected) <= tolerance * Math.abs(expected)

/** @throws FormulaError that names the example, the quantity, what was expected and what came out */
export function checkExamples(mechanism: Mechanism, formulas: Formulas): void {
  const at = within(mechanism.file)
  mechanism.examples.forEach((example, index) =>
    at(`examples.${index} (${example.of})`, () => {
      checkGiven(example, mechanism, formulas)
      const values = evaluateReference(mechanism, example.given, formulas)
      const failed = mechanism.checks.find(({ must }) => !evaluateWith(must, values, formulas))
      if (failed)
        throw new Error(`breaks a check of its own file: ${filledIn(failed.else, values)}`)
      checkExpected(example, values)
    }),
  )
}

const show = (value: unknown): string =>
  typeof value === 'number' ? String(value) : JSON.stringify(value)

function checkGiven({ given }: Example, { settings }: Mechanism, { contract }: Formulas): void {
  const names = contract.names.map(({ name }) => name)
  const known = [...settings.map(({ name }) => name), ...names]
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name))
      throw new Error(
        `gives ${name}, which is no setting and no name of the contract${didYouMean(name, known)}`,
      )
    const setting = settings.find((each) => each.name === name)
    const texts = setting ? setting.of : contract.names.find((each) => each.name === name)!.choice
    const problem = texts ? mismatchOfText(value, texts) : mismatch(value, setting)
    if (problem !== undefined) throw new Error(`gives ${name} as ${show(value)}, but ${problem}`)
  }
}

const mismatchOfText = (
  value: Example['given'][string],
  texts: readonly string[],
): string | undefined =>
  texts.includes(String(value)) ? undefined : `it is one of ${texts.join(', ')}`

function mismatch(
  value: Example['given'][string],
  setting: Setting | undefined,
): string | undefined {
  if (setting?.type === 'block') return 'blocks are left out of examples'
  if (setting?.type === 'list') return Array.isArray(value) ? undefined : 'it is a list of numbers'
  if (value === 'infinity') return setting?.none === 'infinity' ? undefined : 'it is a number'
  return typeof value === 'number' ? undefined : 'it is a number'
}

const filledIn = (message: string, values: Values): string =>
  message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values.get(name)))

function checkExpected({ expect, within: tolerance }: Example, values: Values): void {
  for (const [name, expected] of Object.entries(expect)) {
    const found = values.get(name)
    if (found === undefined)
      throw new Error(`expects ${name}, which is no quantity${didYouMean(name, values.keys())}`)
    const [founds, expecteds] = [[found].flat() as number[], [expected].flat()]
    if (
      founds.length !== expecteds.length ||
      !expecteds.every((value, index) => close(founds[index]!, value, tolerance))
    )
      throw new Error(
        `${name} is expected to be ${show(expected)}, but comes out as ${show(found)}`,
      )
  }
}

/** @throws FormulaError, as above */
export function checkFunctionExamples(shared: SharedFunction, formulas: Formulas): void {
  shared.examples.forEach(({ of, given, expect, within: tolerance }, index) => {
    const fail = (problem: string): never => {
      throw new FormulaError(shared.file, `examples.${index} (${of})`, problem)
    }
    const unknown = Object.keys(given).find((name) => !shared.parameters.includes(name))
    if (unknown !== undefined)
      fail(`gives ${unknown}, which is no parameter${didYouMean(unknown, shared.parameters)}`)
    const missing = shared.parameters.find((name) => !Object.hasOwn(given, name))
    if (missing !== undefined) fail(`does not give the parameter ${missing}`)
    const args = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, constants[value] ?? Number(value)]),
    )
    const found = evaluateFunction(shared.name, args, formulas)
    if (!close(found, expect, tolerance))
      fail(`${expect} is expected, but it comes out as ${found}`)
  })
}
