/** All formula files -> checked formulas. */
import { compileContract, dropUndefined } from './compile-contract.ts'
import { compileMechanism, compileSources } from './compile-mechanism.ts'
import { checkExamples, checkFunctionExamples } from './examples.ts'
import { distinctNames, operationsIn } from './expression.ts'
import type { FunctionFile } from './file-schema.ts'
import { FormulaError } from './formula-error.ts'
import { shapeOf } from './check-units.ts'
import type { Formulas, Mechanism, SharedFunction } from './mechanism.ts'
import { inOrder } from './order.ts'
import { parseExpression } from './parse.ts'
import { readFormulaFile, type FormulaFile, type TextFile } from './read-file.ts'
import { plain, type Shape } from './units.ts'

export interface Compiled {
  formulas: Formulas
  /** In the order of the files; where there is any, `formulas` lacks the files at fault. */
  errors: FormulaError[]
}

/**
 * Compiles formula files: shape, names, cycles, contract, units, worked examples.
 * @throws FormulaError where the contract is missing or wrong, since nothing can be checked without it
 */
export function compileFormulas(files: readonly TextFile[]): Compiled {
  const errors: FormulaError[] = []
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error
      errors.push(error)
      return undefined
    }
  }
  const read = files.map((file) => attempt(() => readFormulaFile(file))).filter((file) => file !== undefined)
  const contractFiles = read.filter((file) => file.kind === 'contract')
  if (contractFiles.length !== 1) throw errors[0] ?? new FormulaError('formulas/contract.yaml', '', `there are ${contractFiles.length} contracts; exactly one is needed`)
  const contract = compileContract(contractFiles[0]!.body)
  const functions = compileFunctions(read, attempt)
  const known = { contract, functions: Object.fromEntries(Object.values(functions).map((f) => [f.name, f.parameters.length])) }

  const formulas: Formulas = { contract, functions, blocks: {}, scenarios: {} }
  for (const shared of Object.values(functions)) attempt(() => checkFunctionExamples(shared, formulas))
  for (const file of read) {
    if (file.kind !== 'block' && file.kind !== 'scenario') continue
    const mechanism = attempt(() => unique(compileMechanism(file, known), formulas))
    if (mechanism === undefined) continue
    if (attempt(() => (checkExamples(mechanism, formulas), true))) formulas[mechanism.kind === 'block' ? 'blocks' : 'scenarios'][mechanism.name] = mechanism
  }
  return { formulas, errors }
}

function unique(mechanism: Mechanism, { blocks, scenarios }: Formulas): Mechanism {
  const other = blocks[mechanism.name] ?? scenarios[mechanism.name]
  if (other) throw new FormulaError(mechanism.file, mechanism.kind, `the name ${mechanism.name} is taken by ${other.file}`)
  return mechanism
}

type Attempt = <T>(work: () => T) => T | undefined

function compileFunctions(read: readonly FormulaFile[], attempt: Attempt): Record<string, SharedFunction> {
  const files = read.filter((file) => file.kind === 'function')
  const arities = Object.fromEntries(files.map(({ body }) => [body.function, body.parameters.length]))
  const compiled = new Map<string, SharedFunction>()
  for (const { file, body } of files) {
    const shared = attempt(() => compileFunction(file, body, arities))
    if (shared) compiled.set(shared.name, shared)
  }
  const calls = new Map([...compiled].map(([name, { expression }]) => [name, operationsIn(expression)]))
  for (const { name, file } of compiled.values()) {
    attempt(() => {
      try {
        inOrder([...calls.keys()], (each) => calls.get(each) ?? [])
      } catch (error) {
        compiled.delete(name)
        throw new FormulaError(file, 'expr', (error as Error).message)
      }
    })
  }
  return Object.fromEntries(compiled)
}

function compileFunction(file: string, body: FunctionFile, arities: Record<string, number>): SharedFunction {
  const { function: name, title, about, parameters, expr, why, sources, examples } = body
  try {
    if (Object.hasOwn(arities, name) && parameters.includes(name)) throw new Error('has a parameter of its own name')
    const expression = parseExpression(expr, arities)
    const scope = new Map<string, Shape>(parameters.map((parameter) => [parameter, { kind: 'number', unit: plain }]))
    shapeOf(expression, scope)
    const unused = parameters.filter((parameter) => !distinctNames(expression).includes(parameter))
    if (unused.length > 0) throw new Error(`never uses its parameter ${unused[0]}`)
    return { name, file, title, about, parameters, expression, ...dropUndefined({ why }), sources: compileSources(sources), examples: examples.map((example) => dropUndefined(example)) as SharedFunction['examples'] }
  } catch (error) {
    throw new FormulaError(file, 'expr', (error as Error).message)
  }
}
