/** Walks an expression with values: for explanations, where one formula is evaluated at a time. */
import { builtIns, constants } from './functions.ts'
import { sharedFunctions } from './generated/shared-functions.ts'
import { isOperation, type Expression } from './expression.ts'
import type { Value } from './runtime.ts'

export type Values = Readonly<Record<string, Value>>
type Result = Value | boolean

/** The value of an expression; every name in it must be among `values`. */
export function interpret(e: Expression, values: Values): Result {
  if (typeof e === 'number') return e
  if (typeof e === 'string') return values[e] ?? constants[e] ?? NaN
  if (!isOperation(e)) return e.text
  const { op, args } = e
  const value = (place: number): Result => interpret(args[place]!, values)
  const number = (place: number): number => Number(value(place))
  switch (op) {
    case '+':
      return number(0) + number(1)
    case '-':
      return number(0) - number(1)
    case '*':
      return number(0) * number(1)
    case '/':
      return number(0) / number(1)
    case '^':
      return number(0) ** number(1)
    case 'neg':
      return -number(0)
    case '==':
      return value(0) === value(1)
    case '!=':
      return value(0) !== value(1)
    case '<':
      return number(0) < number(1)
    case '<=':
      return number(0) <= number(1)
    case '>':
      return number(0) > number(1)
    case '>=':
      return number(0) >= number(1)
    case 'and':
      return Boolean(value(0)) && Boolean(value(1))
    case 'or':
      return Boolean(value(0)) || Boolean(value(1))
    case 'not':
      return !value(0)
    case 'if':
      return value(0) ? value(1) : value(2)
    case 'at':
      return (value(0) as readonly number[])[number(1)] ?? NaN
    case 'length':
      return (value(0) as readonly number[]).length
    case 'sum': {
      let total = 0
      for (let index = number(1); index <= number(2); index++)
        total += Number(interpret(args[3]!, { ...values, [args[0] as string]: index }))
      return total
    }
  }
  const builtIn = Object.hasOwn(builtIns, op) ? builtIns[op] : undefined
  if (builtIn) return builtIn.compute(...args.map((_, place) => number(place)))
  return interpret(sharedFunctions[op]!.expression, argumentsOf(op, args, values))
}

/** The parameters of a call of a shared function, with their values. */
export function argumentsOf(
  name: string,
  args: readonly Expression[],
  values: Values,
): Record<string, number> {
  return Object.fromEntries(
    sharedFunctions[name]!.parameters.map((parameter, place) => [
      parameter,
      Number(interpret(args[place]!, values)),
    ]),
  )
}

/** The branches of an expression that its conditions choose under these values. */
export function taken(e: Expression, values: Values): Expression {
  if (!isOperation(e) || e.op === 'sum') return e
  if (e.op === 'if') return taken(interpret(e.args[0]!, values) ? e.args[1]! : e.args[2]!, values)
  return { op: e.op, args: e.args.map((arg) => taken(arg, values)) }
}
