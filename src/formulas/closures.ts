/**
 * Expressions as closures: how a formula file of one's own is computed, without any code being written. The trees are those
 * that the compiler has checked, and their rounding is that of generated code.
 */
import { isOperation, type Expression, type Operation } from './expression.ts'
import { builtIns, constants } from './functions.ts'
import type { SharedFunction } from './mechanism.ts'
import type { Value } from './runtime.ts'

/** Values by name; closures put the index of a sum among them for as long as it runs. */
export type Env = Record<string, Value>
type Result = Value | boolean
export type Closure = (env: Env) => Result

/** Far beyond any formula; a file may not keep a program busy for ever. */
const mostTerms = 1_000_000

type Functions = Readonly<Record<string, Pick<SharedFunction, 'parameters' | 'expression'>>>

/** @throws Error when it is called and a sum has more than a million terms */
export function closureOf(e: Expression, functions: Functions): Closure {
  if (typeof e === 'number') return () => e
  if (typeof e === 'string')
    return Object.hasOwn(constants, e) ? () => constants[e]! : (env) => env[e]!
  return isOperation(e) ? operation(e, functions) : () => e.text
}

function operation({ op, args }: Operation, functions: Functions): Closure {
  if (op === 'sum') return sum(args, functions)
  if (op === '^') return power(args, functions)
  const given = args.map((arg) => closureOf(arg, functions))
  const [a, b, c] = given as [Closure, Closure, Closure]
  const form = Object.hasOwn(forms, op) ? forms[op] : undefined
  if (form) return form(a, b, c)
  const builtIn = Object.hasOwn(builtIns, op) ? builtIns[op] : undefined
  if (builtIn) return (env) => builtIn.compute(...given.map((each) => Number(each(env))))
  const { parameters, expression } = functions[op]!
  const body = closureOf(expression, functions)
  return (env) =>
    body(Object.fromEntries(parameters.map((name, place) => [name, Number(given[place]!(env))])))
}

/** A range of whole numbers short enough to go through. */
export function checkLength(length: number, what: string): void {
  if (length > mostTerms)
    throw new Error(
      `${what} ${Math.ceil(length).toLocaleString('en-US')} values; a formula has ${mostTerms.toLocaleString('en-US')} at most`,
    )
}

/** Squares and cubes of a name are products, as in generated code. */
function power([base, exponent]: readonly Expression[], functions: Functions): Closure {
  const [a, b] = [closureOf(base!, functions), closureOf(exponent!, functions)]
  if (typeof base !== 'string' || (exponent !== 2 && exponent !== 3))
    return (env) => Number(a(env)) ** Number(b(env))
  return (env) => {
    const value = Number(a(env))
    return exponent === 2 ? value * value : value * value * value
  }
}

function sum([index, ...rest]: readonly Expression[], functions: Functions): Closure {
  const name = index as string
  const [from, to, term] = rest.map((each) => closureOf(each, functions)) as [
    Closure,
    Closure,
    Closure,
  ]
  return (env) => {
    const [first, last] = [Number(from(env)), Number(to(env))]
    checkLength(last - first + 1, 'a sum goes over')
    const inner = { ...env }
    let total = 0
    for (let place = first; place <= last; place++) {
      inner[name] = place
      total += Number(term(inner))
    }
    return total
  }
}

type Form = (a: Closure, b: Closure, c: Closure) => Closure
const onNumbers =
  (work: (x: number, y: number) => Result): Form =>
  (a, b) =>
  (env) =>
    work(Number(a(env)), Number(b(env)))

const forms: Record<string, Form> = {
  '+': onNumbers((x, y) => x + y),
  '-': onNumbers((x, y) => x - y),
  '*': onNumbers((x, y) => x * y),
  '/': onNumbers((x, y) => x / y),
  '<': onNumbers((x, y) => x < y),
  '<=': onNumbers((x, y) => x <= y),
  '>': onNumbers((x, y) => x > y),
  '>=': onNumbers((x, y) => x >= y),
  '==': (a, b) => (env) => a(env) === b(env),
  '!=': (a, b) => (env) => a(env) !== b(env),
  neg: (a) => (env) => -Number(a(env)),
  not: (a) => (env) => !a(env),
  and: (a, b) => (env) => Boolean(a(env)) && Boolean(b(env)),
  or: (a, b) => (env) => Boolean(a(env)) || Boolean(b(env)),
  if: (a, b, c) => (env) => (a(env) ? b(env) : c(env)),
  at: (a, b) => (env) => (a(env) as readonly number[])[Number(b(env))] ?? NaN,
  length: (a) => (env) => (a(env) as readonly number[]).length,
}
