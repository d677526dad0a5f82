/** The formula files, compiled once for the tests of this folder, and random settings for them. */
import * as fc from 'fast-check'
import { compileFormulas } from '../../src/formulas/compile.ts'
import { loadFormulaFiles } from '../../src/formulas/load.ts'
import type { ContractName, Mechanism, Setting } from '../../src/formulas/mechanism.ts'
import type { Given, Names, Pass, Value } from '../../src/formulas/runtime.ts'

export const { formulas, errors } = compileFormulas(loadFormulaFiles())
export const mechanisms: Mechanism[] = [
  ...Object.values(formulas.blocks),
  ...Object.values(formulas.scenarios),
]

/** What a mechanism is asked with. */
export interface Question {
  given: Given
  names: Names
  pass: Pass
}

/** Random settings, any of them left out where it has a default, with an architecture and a pass. */
export function questionOf({ settings }: Mechanism): fc.Arbitrary<Question> {
  const given = settings
    .filter(({ type }) => type !== 'block')
    .map((setting): [string, fc.Arbitrary<Value | undefined>] => [setting.name, valueOf(setting)])
  return fc.record({ given: fc.record(Object.fromEntries(given)), names, pass })
}

function valueOf(setting: Setting): fc.Arbitrary<Value | undefined> {
  const value = anyOf(setting)
  const left = fc.constant(undefined)
  return setting.default === undefined ? value : fc.oneof(left, value)
}

/** Numbers that share divisors are met more often, since heads, groups and ranks must divide each other. */
const count = fc.oneof(fc.constantFrom(1, 2, 4, 8, 16, 64, 128), fc.integer({ min: 1, max: 5000 }))

function anyOf({ type, of = [], none, min = 1, max = 5000 }: Setting): fc.Arbitrary<Value> {
  switch (type) {
    case 'flag':
      return fc.constantFrom(0, 1)
    case 'choice':
      return fc.constantFrom(...of)
    case 'list':
      return fc.array(fc.double({ min: 0.5, max: 64, noNaN: true }), { maxLength: 64 })
    case 'number': {
      const range = { min: Math.max(min, 0.001), max, noNaN: true }
      return fc.oneof(fc.double(range), fc.integer({ min: Math.ceil(min), max: Math.ceil(max) }))
    }
    default: {
      const whole = count.filter((value) => value >= min && value <= max)
      return none === undefined
        ? whole
        : fc.oneof(fc.constant(none === 'infinity' ? Infinity : 0), whole)
    }
  }
}

const known: Record<string, fc.Arbitrary<number>> = {
  d_model: fc.constantFrom(64, 128, 768, 1024, 4096),
  n_layers: fc.integer({ min: 1, max: 64 }),
  max_context: fc.constantFrom(512, 4096, 131_072),
  bidirectional: fc.constantFrom(0, 1),
  n_past: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000 })),
  flops_per_mac: fc.constantFrom(1, 2),
}
const nameOf = ({ name, unit, choice }: ContractName): fc.Arbitrary<number | string> => {
  if (choice) return fc.constantFrom(...choice)
  return known[name] ?? (unit === 'byte' ? fc.constantFrom(0.5, 1, 2, 4) : count)
}
const recordOf = (...of: ContractName['of'][]): fc.Arbitrary<Record<string, number | string>> =>
  fc.record(
    Object.fromEntries(
      formulas.contract.names
        .filter((each) => of.includes(each.of))
        .map((each) => [each.name, nameOf(each)]),
    ),
  )
const names = recordOf('architecture') as fc.Arbitrary<unknown> as fc.Arbitrary<Names>
const pass = recordOf('pass', 'piece') as fc.Arbitrary<unknown> as fc.Arbitrary<Pass>
