/** Writes the shared functions, and what explanations say about them. */
import { comment, head, importsFor, json } from './emit-code.ts'
import { emit } from './emit-expression.ts'
import type { Formulas, SharedFunction } from './mechanism.ts'

export function emitFunctions(functions: Formulas['functions']): string {
  const code = Object.values(functions).map(emitFunction)
  const meta = Object.values(functions).map(
    ({ examples: _, ...rest }) => `  ${rest.name}: ${json(rest)},`,
  )
  return [
    head,
    `import type { SharedFunctionMeta } from '../runtime.ts'`,
    ...importsFor(code.join(''), {}, '..'),
    '',
    ...code,
    'export const sharedFunctions: Readonly<Record<string, SharedFunctionMeta>> = {',
    ...meta,
    '}\n',
  ].join('\n')
}

function emitFunction({ name, title, parameters, expression }: SharedFunction): string {
  const typed = parameters.map((parameter) => `${parameter}: number`).join(', ')
  return `${comment(`${title}.`)}\nexport const ${name} = (${typed}): number => ${emit(expression)}\n`
}
