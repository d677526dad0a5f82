/** Every worked example of every formula file holds through the generated code, which the engine runs. */
import { describe, expect, test } from 'vitest'
import { explanations, scenarios } from '../../src/formulas/explanations.ts'
import * as generated from '../../src/formulas/generated/functions.ts'
import { blocks, type Names, type Pass } from '../../src/formulas/index.ts'
import type { Example, Mechanism } from '../../src/formulas/mechanism.ts'
import { defaultNames } from '../../src/formulas/reference.ts'
import { formulas, mechanisms } from './compiled.ts'

const endless = <T>(value: T): T | number => (value === 'infinity' ? Infinity : value)

function valuesOf({ kind, name }: Mechanism, { given }: Example): Record<string, unknown> {
  const said = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, endless(value)]),
  )
  const contract = { ...defaultNames(formulas.contract), ...said } as unknown as Names & Pass
  const { resolve, check } = kind === 'block' ? blocks[name]! : scenarios[name]!
  const settings = resolve(said, contract)
  expect(check(settings)).toBeNull()
  const { values } = kind === 'block' ? explanations[name]! : scenarios[name]!
  return { ...settings, ...values(settings, contract) }
}

function expectWithin(
  found: unknown,
  expected: number | readonly number[],
  tolerance: number,
): void {
  const founds = [found].flat() as number[]
  ;[expected].flat().forEach((value, place) => {
    expect(Math.abs(founds[place]! - value)).toBeLessThanOrEqual(tolerance * Math.abs(value))
  })
}

describe.each(mechanisms.map((mechanism) => [mechanism.name, mechanism] as const))(
  '%s',
  (_, mechanism) => {
    test.each(mechanism.examples.map((example) => [example.of, example] as const))(
      '%s',
      (__, example) => {
        const values = valuesOf(mechanism, example)
        for (const [name, expected] of Object.entries(example.expect))
          expectWithin(values[name], expected, example.within ?? 0)
      },
    )
  },
)

describe.each(Object.entries(formulas.functions))('%s', (name, { parameters, examples }) => {
  test.each(examples.map((example) => [example.of, example] as const))('%s', (_, example) => {
    const code = (generated as unknown as Record<string, (...args: number[]) => number>)[name]!
    const args = parameters.map((parameter) => Number(endless(example.given[parameter])))
    expectWithin(code(...args), example.expect, example.within ?? 0)
  })
})
