/** Works out what an expression is (number and unit, truth, choice, list) and refuses what does not fit together. */
import { builtIns, constants } from './functions.ts'
import { type Expression, isOperation, type Operation } from './expression.ts'
import { didYouMean } from './nearest.ts'
import { plain, printUnit, sameUnit, timesUnit, type Shape, type Unit } from './units.ts'

export type Scope = ReadonlyMap<string, Shape>
const number = (unit: Unit | 'any' = plain): Shape => ({ kind: 'number', unit })

/**
 * The shape of an expression.
 * @param scope what each name is
 * @throws Error on unknown names (with a suggestion), clashing units, texts that a choice does not have
 */
export function shapeOf(e: Expression, scope: Scope): Shape {
  if (typeof e === 'number') return number(e === 0 ? 'any' : plain)
  if (typeof e === 'string') {
    if (e === 'infinity') return number('any')
    if (Object.hasOwn(constants, e)) return number()
    const shape = scope.get(e)
    if (shape === undefined) throw new Error(`${e} is not known here${didYouMean(e, scope.keys())}; names are the file's settings and quantities and those of the contract`)
    return shape
  }
  if (!isOperation(e)) throw new Error(`"${e.text}" can only be compared with a choice`)
  return shapeOfOperation(e, scope)
}

/** The unit of an expression that must be a number. */
function unitOf(e: Expression, scope: Scope, what: string): Unit | 'any' {
  const shape = shapeOf(e, scope)
  if (shape.kind === 'boolean') throw new Error(`${what} is true or false; write if(condition, 1, 0) to count with it`)
  if (shape.kind !== 'number') throw new Error(`${what} is a ${shape.kind}, not a number`)
  return shape.unit
}

function agree(args: readonly Expression[], scope: Scope, what: string): Unit | 'any' {
  let unit: Unit | 'any' = 'any'
  for (const arg of args) {
    const next = unitOf(arg, scope, what)
    if (!sameUnit(unit, next)) throw new Error(`${what} joins ${printUnit(unit)} and ${printUnit(next)}; both sides must have one unit`)
    if (unit === 'any') unit = next
  }
  return unit
}

function mustBePlain(args: readonly Expression[], scope: Scope, what: string): void {
  for (const arg of args) {
    const unit = unitOf(arg, scope, what)
    if (!sameUnit(unit, plain)) throw new Error(`${what} takes plain numbers, not ${printUnit(unit)}`)
  }
}

function mustBeCondition(e: Expression, scope: Scope): void {
  const shape = shapeOf(e, scope)
  if (shape.kind === 'boolean' || (shape.kind === 'number' && sameUnit(shape.unit, plain))) return
  throw new Error('a condition is a comparison or a flag')
}

function shapeOfOperation({ op, args }: Operation, scope: Scope): Shape {
  const [a, b, c] = args as [Expression, Expression, Expression]
  switch (op) {
    case '+':
    case '-':
      return number(agree(args, scope, op === '+' ? 'a sum' : 'a difference'))
    case 'neg':
      return number(unitOf(a, scope, 'a negated value'))
    case '*':
      return number(timesUnit(unitOf(a, scope, 'a factor'), unitOf(b, scope, 'a factor')))
    case '/':
      return number(timesUnit(unitOf(a, scope, 'a dividend'), unitOf(b, scope, 'a divisor'), -1))
    case '^':
      return number(power(a, b, scope))
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(a, b, scope)
    case 'and':
    case 'or':
    case 'not':
      args.forEach((arg) => mustBeCondition(arg, scope))
      return { kind: 'boolean' }
    case 'if': {
      mustBeCondition(a, scope)
      return number(agree([b, c], scope, 'if'))
    }
    case 'at': {
      if (shapeOf(a, scope).kind !== 'list') throw new Error('at takes a list and an index')
      mustBePlain([b], scope, 'an index')
      return number()
    }
    case 'length':
      if (shapeOf(a, scope).kind !== 'list') throw new Error('length takes a list')
      return number()
    case 'sum': {
      mustBePlain([b, c], scope, 'a bound of sum')
      return number(unitOf(args[3]!, new Map([...scope, [a as string, number()]]), 'a term of sum'))
    }
  }
  const builtIn = Object.hasOwn(builtIns, op) ? builtIns[op] : undefined
  if (builtIn?.units === 'same') return number(agree(args, scope, op))
  // Shared functions take plain numbers and flags, as the built-in functions of this kind do.
  const numbers = args.filter((arg) => builtIn !== undefined || shapeOf(arg, scope).kind !== 'boolean')
  mustBePlain(numbers, scope, op)
  return number()
}

function power(base: Expression, exponent: Expression, scope: Scope): Unit | 'any' {
  const unit = unitOf(base, scope, 'a base')
  mustBePlain([exponent], scope, 'an exponent')
  if (sameUnit(unit, plain)) return plain
  if (typeof exponent !== 'number' || !Number.isInteger(exponent)) throw new Error(`${printUnit(unit)} can only be raised to a whole number`)
  const { byte, FLOP } = unit as Unit
  return { byte: byte * exponent, FLOP: FLOP * exponent }
}

function comparison(a: Expression, b: Expression, scope: Scope): Shape {
  if (typeof b === 'object' && 'text' in b) return compareText(a, b.text, scope)
  if (typeof a === 'object' && 'text' in a) return compareText(b, a.text, scope)
  agree([a, b], scope, 'a comparison')
  return { kind: 'boolean' }
}

function compareText(e: Expression, text: string, scope: Scope): Shape {
  const shape = shapeOf(e, scope)
  if (shape.kind !== 'choice') throw new Error(`only a choice is compared with text, and this is a ${shape.kind}`)
  if (!shape.of.includes(text)) throw new Error(`"${text}" is none of ${shape.of.join(', ')}${didYouMean(text, shape.of)}`)
  return { kind: 'boolean' }
}
