/** The reference: mathjs's own evaluation of the same trees, slow and independent of the generated code. */
import { create, all, type EvalFunction, type MathNode } from 'mathjs/number'
import { settingsInOrder } from './compile-settings.ts'
import { builtIns, constants } from './functions.ts'
import { constantDefault } from './compile-workload.ts'
import { isOperation, type Expression } from './expression.ts'
import type { Contract, Definition, Formulas, Mechanism } from './mechanism.ts'
import { variable } from './names.ts'

// Exact comparisons, as in the generated code: mathjs compares with a tolerance unless told otherwise.
const math = create(all!, { relTol: Number.MIN_VALUE, absTol: 0 })

type Value = number | string | readonly number[]
export type Values = Map<string, Value>

/** Writes a tree in the syntax of mathjs; dots of parts are not names there, and texts are compared by a function. */
function print(e: Expression): string {
  if (typeof e === 'number') return e < 0 ? `(${e})` : String(e)
  if (typeof e === 'string') return variable(e)
  if (!isOperation(e)) return JSON.stringify(e.text)
  const args = e.args.map(print)
  if (
    (e.op === '==' || e.op === '!=') &&
    e.args.some((arg) => typeof arg === 'object' && 'text' in arg)
  )
    return `${e.op === '==' ? 'same' : 'other'}(${args.join(', ')})`
  if (e.op === 'neg') return `(-${args[0]})`
  if (e.op === 'not') return `(not ${args[0]})`
  if (e.op === 'sum') return `sum_over("${args[0]}", ${args.slice(1).join(', ')})`
  if (e.op === 'if') return `(${args[0]} ? ${args[1]} : ${args[2]})`
  if (/^[a-z_0-9]+$/.test(e.op) && e.op !== 'and' && e.op !== 'or')
    return `${e.op}(${args.join(', ')})`
  return `(${args.join(` ${e.op} `)})`
}

type RawFunction = ((args: MathNode[], math: unknown, scope: Map<string, unknown>) => unknown) & {
  rawArgs?: boolean
}

/** A sum evaluates its term once for every index, so it takes its arguments as they stand. */
const sumOver: RawFunction = (args, _math, scope) => {
  const index = String(args[0]!.compile().evaluate(scope))
  const [from, to] = [args[1]!, args[2]!].map((node) => Number(node.compile().evaluate(scope))) as [
    number,
    number,
  ]
  const term = args[3]!.compile()
  let total = 0
  for (let i = from; i <= to; i++) total += Number(term.evaluate(new Map([...scope, [index, i]])))
  return total
}
sumOver.rawArgs = true
math.import({ sum_over: sumOver })

const programs = new Map<Expression, EvalFunction>()

function program(e: Expression): EvalFunction {
  const known = programs.get(e)
  if (known) return known
  const made = math.compile(print(e))
  programs.set(e, made)
  return made
}

/** A scope that holds the functions and constants formulas may use. */
function baseScope({ functions }: Formulas): Map<string, unknown> {
  const scope = new Map<string, unknown>(Object.entries(constants))
  for (const [name, { compute }] of Object.entries(builtIns)) scope.set(name, compute)
  scope.set('same', (a: unknown, b: unknown) => a === b)
  scope.set('other', (a: unknown, b: unknown) => a !== b)
  scope.set('at', (list: readonly number[], index: number) => list[index] ?? NaN)
  scope.set('length', (list: readonly number[]) => list.length)
  for (const { name, parameters, expression } of Object.values(functions))
    scope.set(name, (...args: unknown[]) =>
      program(expression).evaluate(
        new Map([
          ...scope,
          ...parameters.map((parameter, place): [string, unknown] => [
            parameter,
            Number(args[place]),
          ]),
        ]),
      ),
    )
  return scope
}

/** What a workload and an architecture say where nothing else is given: one token of one sequence, sixteen-bit numbers. */
export function defaultNames(contract: Contract): Record<string, number | string> {
  const values: Record<string, number | string> = {
    d_model: 1024,
    n_layers: 1,
    max_context: 8192,
    bidirectional: 0,
    n_new: 1,
    n_past: 0,
    source: 1,
  }
  const ofWorkload = new Map(
    contract.workload.map((key) => [key.name, constantDefault(key, contract.workload)]),
  )
  return Object.fromEntries(
    contract.names.map(({ name }) => [name, values[name] ?? ofWorkload.get(name) ?? 1]),
  )
}

/**
 * Evaluates a mechanism with mathjs.
 * @param given settings and names of the contract, as numbers, texts of choices and lists; the rest takes its default
 * @returns settings and every definition by name, parts as `params.query`
 */
export function evaluateReference(
  mechanism: Mechanism,
  given: Readonly<Record<string, Value>>,
  formulas: Formulas,
): Values {
  const scope = baseScope(formulas)
  const values: Values = new Map()
  const set = (name: string, value: Value): void => {
    values.set(name, value)
    scope.set(variable(name), value)
  }
  for (const [name, value] of Object.entries({ ...defaultNames(formulas.contract), ...given }))
    set(name, value === 'infinity' ? Infinity : value)
  for (const { name, type, default: fallback } of settingsInOrder(mechanism.settings)) {
    if (values.has(name) || type === 'block') continue
    if (fallback === undefined) throw new Error(`the setting ${name} must be given`)
    set(
      name,
      Array.isArray(fallback)
        ? fallback
        : (program(fallback as Expression).evaluate(scope) as Value),
    )
  }
  for (const definition of mechanism.definitions) set(definition.name, valueOf(definition, scope))
  return values
}

function valueOf({ expression, over }: Definition, scope: Map<string, unknown>): Value {
  const code = program(expression)
  if (!over) return Number(code.evaluate(scope))
  const count = Math.ceil(Number(program(over.count).evaluate(scope)))
  return Array.from({ length: count }, (_, index) =>
    Number(code.evaluate(new Map([...scope, [over.index, index]]))),
  )
}

/** Evaluates a condition or an expression of settings already settled. */
export const evaluateWith = (e: Expression, values: Values, formulas: Formulas): unknown => {
  const scope = baseScope(formulas)
  for (const [name, value] of values) scope.set(variable(name), value)
  return program(e).evaluate(scope)
}

/** Evaluates a shared function with mathjs. */
export function evaluateFunction(
  name: string,
  args: Readonly<Record<string, number>>,
  formulas: Formulas,
): number {
  const scope = baseScope(formulas)
  return Number(
    (scope.get(name) as (...values: number[]) => unknown)(
      ...formulas.functions[name]!.parameters.map((parameter) => args[parameter]!),
    ),
  )
}
