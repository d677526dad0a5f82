/** The contract's file -> names and questions, and the shapes of the names. */
import { shapeOf, shapeOfName } from './check-units.ts'
import { dropUndefined } from './drop-undefined.ts'
import type { ContractFile } from './file-schema.ts'
import { within, type At } from './formula-error.ts'
import { checkLimits, compileWorkloadKey, nameInExpressions } from './compile-workload.ts'
import type { Contract, ContractName, Question } from './mechanism.ts'
import { checkName } from './names.ts'
import { parseExpression } from './parse.ts'
import { parseUnit, unitUnder } from './units.ts'

/** The class of what quantisers leave as it is, beside the roles of what they may quantise. */
export const unquantised = 'unquantised'

/** @throws FormulaError on reserved names, unknown units, and defaults that cannot be read */
export function compileContract(file: string, body: ContractFile): Contract {
  const at = within(file)
  const names = Object.entries(body.names).map(([name, { unit = '', ...rest }]): ContractName =>
    at(`names.${name}`, () => {
      checkName(name)
      if (unit !== '') parseUnit(unit)
      return { name, unit, ...dropUndefined(rest) }
    }),
  )
  const questions = Object.entries(body.questions).map(([name, said]): Question => {
    const { unit, counts, default: fallback, ...rest } = said
    return at(`questions.${name}`, () => {
      checkName(name)
      if ((unit === undefined) === (counts === undefined))
        throw new Error('says either unit or counts, and not both')
      if (unit !== undefined) parseUnit(unit)
      return {
        name,
        unit: unit ?? counts!,
        ...dropUndefined(rest),
        ...(fallback === undefined ? {} : { default: parseExpression(fallback) }),
      }
    })
  })
  const { classes, towers } = body
  const traits = Object.fromEntries(
    Object.entries(body.traits).map(([name, trait]) => [name, dropUndefined(trait)]),
  )
  const format = { ...classes.role, [unquantised]: 'Biases and others that quantisers leave' }
  const words = { ...classes, format }
  const workload = Object.entries(body.workload).map(([name, said]) =>
    at(`workload.${name}`, () => compileWorkloadKey(name, said, names, body.workload)),
  )
  const contract = {
    names: [...names, ...workload.flatMap(nameInExpressions)],
    workload,
    questions,
    classes: {
      role: Object.keys(words.role),
      kind: Object.keys(words.kind),
      grows: Object.keys(words.grows),
      cut: Object.keys(words.cut),
      holds: Object.keys(words.holds),
      format: Object.keys(words.format),
    },
    words,
    towers,
    traits,
  }
  checkDefaults(contract, at)
  checkLimits(contract, at)
  return contract
}

function checkDefaults(contract: Contract, at: At): void {
  const scope = new Map(contract.names.map((name) => [name.name, shapeOfName(name)]))
  for (const { name, unit } of contract.questions)
    at(`questions.${name}`, () => {
      if (scope.has(name)) throw new Error(`${name} is a name as well as a question`)
      scope.set(name, { kind: 'number', unit: unitUnder(unit) })
    })
  for (const { name, default: fallback } of contract.questions)
    if (fallback !== undefined) at(`questions.${name}.default`, () => shapeOf(fallback, scope))
}
