/** Writes the shared functions. */
import { comment, head, importsFor } from './emit-code.ts'
import { emit } from './emit-expression.ts'
import type { Formulas, SharedFunction } from './mechanism.ts'

export function emitFunctions(functions: Formulas['functions']): string {
  const code = Object.values(functions).map(emitFunction)
  return [head, ...importsFor(code.join(''), {}, '..'), '', ...code].join('\n')
}

function emitFunction({ name, title, parameters, expression }: SharedFunction): string {
  const typed = parameters.map((parameter) => `${parameter}: number`).join(', ')
  return `${comment(`${title}.`)}\nexport const ${name} = (${typed}): number => ${emit(expression)}\n`
}
