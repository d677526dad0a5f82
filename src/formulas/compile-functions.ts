/** The files of shared functions -> checked functions. */
import { shapeOf } from './check-units.ts'
import { dropUndefined } from './drop-undefined.ts'
import { distinctNames, operationsIn } from './expression.ts'
import type { FunctionFile } from './file-schema.ts'
import { FormulaError, within } from './formula-error.ts'
import type { SharedFunction, Source } from './mechanism.ts'
import { checkName } from './names.ts'
import { inOrder } from './order.ts'
import { parseExpression } from './parse.ts'
import { plain, type Shape } from './units.ts'

interface Body {
  file: string
  body: FunctionFile
}
export type Attempt = <T>(work: () => T) => T | undefined

/**
 * The functions by name.
 * @param attempt runs what may throw a FormulaError, and keeps the error
 */
export function compileFunctions(
  files: readonly Body[],
  attempt: Attempt,
): Record<string, SharedFunction> {
  const arities = Object.fromEntries(
    files.map(({ body }) => [body.function, body.parameters.length]),
  )
  const compiled = new Map<string, SharedFunction>()
  for (const each of files) {
    const shared = attempt(() => unique(compileFunction(each, arities), compiled))
    if (shared) compiled.set(shared.name, shared)
  }
  const calls = (name: string): string[] | undefined => {
    const shared = compiled.get(name)
    return shared && operationsIn(shared.expression)
  }
  // Each file by itself, so that only those that lead into a cycle are at fault.
  const circular = [...compiled.values()].filter(
    ({ name, file }) => !attempt(() => within(file)('expr', () => inOrder([name], calls))),
  )
  for (const { name } of circular) compiled.delete(name)
  return Object.fromEntries(compiled)
}

function unique(
  shared: SharedFunction,
  compiled: ReadonlyMap<string, SharedFunction>,
): SharedFunction {
  const other = compiled.get(shared.name)
  if (other)
    throw new FormulaError(
      shared.file,
      'function',
      `the name ${shared.name} is taken by ${other.file}`,
    )
  return shared
}

function compileFunction({ file, body }: Body, arities: Record<string, number>): SharedFunction {
  const { function: name, title, about, parameters, expr, why, sources, examples } = body
  const at = within(file)
  at('function', () => checkName(name))
  at('parameters', () => checkParameters(name, parameters))
  const expression = at('expr', () => {
    const tree = parseExpression(expr, arities)
    const number: Shape = { kind: 'number', unit: plain }
    shapeOf(tree, new Map(parameters.map((parameter) => [parameter, number])))
    const read = distinctNames(tree)
    const unused = parameters.find((parameter) => !read.includes(parameter))
    if (unused !== undefined) throw new Error(`never uses its parameter ${unused}; leave it out`)
    return tree
  })
  return {
    name,
    file,
    title,
    about,
    parameters,
    expression,
    ...dropUndefined({ why }),
    sources: compileSources(sources),
    examples: examples.map((example) => dropUndefined(example)),
  }
}

function checkParameters(name: string, parameters: readonly string[]): void {
  parameters.forEach((parameter, place) => {
    checkName(parameter)
    if (parameter === name || parameters.indexOf(parameter) < place)
      throw new Error(`the name ${parameter} is taken already; choose another`)
  })
}

export function compileSources(sources: FunctionFile['sources']): Record<string, Source> {
  const links = Object.entries(sources).map(
    ([name, { title, arxiv, url, section }]): [string, Source] => [
      name,
      {
        title,
        url: url ?? `https://arxiv.org/abs/${arxiv}`,
        ...(section === undefined ? {} : { section: String(section) }),
      },
    ],
  )
  return Object.fromEntries(links)
}
