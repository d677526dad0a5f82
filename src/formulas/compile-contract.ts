/** The contract's file -> names and questions, and the shapes of the names. */
import type { ContractFile } from './file-schema.ts'
import type { Contract, ContractName, Question } from './mechanism.ts'
import { parseExpression } from './parse.ts'
import { parseUnit, plain, type Shape } from './units.ts'

export function compileContract(file: ContractFile): Contract {
  const names = Object.entries(file.names).map(([name, said]): ContractName => {
    const { unit = '', ...rest } = said
    return { name, unit, ...dropUndefined(rest) }
  })
  const questions = Object.entries(file.questions).map(([name, said]): Question => {
    const { unit, counts, default: fallback, ...rest } = said
    return {
      name,
      unit: unit ?? counts ?? '',
      ...dropUndefined(rest),
      ...(fallback === undefined ? {} : { default: parseExpression(fallback) }),
    }
  })
  return { names, questions, classes: file.classes }
}

export const shapeOfName = (name: ContractName): Shape =>
  name.choice ? { kind: 'choice', of: name.choice } : { kind: 'number', unit: name.unit === '' ? plain : parseUnit(name.unit) }

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** zod gives absent keys as undefined; exact optional properties want them absent. */
export const dropUndefined = <T extends object>(record: T): Defined<T> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>
