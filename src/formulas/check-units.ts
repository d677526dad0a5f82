/** Works out what an expression is (number and unit, truth, choice, list) and refuses what does not fit together. */
import { isOperation, type Expression, type Operation } from './expression.ts'
import { builtIns, constants } from './functions.ts'
import { didYouMean } from './nearest.ts'
import type { ContractName } from './mechanism.ts'
import { parseUnit, plain, printUnit, sameUnit, timesUnit, type Shape, type Unit } from './units.ts'

export type Scope = ReadonlyMap<string, Shape>
const number = (unit: Unit | 'any' = plain): Shape => ({ kind: 'number', unit })

/**
 * The shape of an expression.
 * @param scope what each name is
 * @throws Error on unknown names (with a suggestion), clashing units, texts that a choice does not have
 */
export function shapeOf(e: Expression, scope: Scope): Shape {
  if (typeof e === 'number') return number(e === 0 ? 'any' : plain)
  if (typeof e === 'string') return lookUp(e, scope)
  if (!isOperation(e)) throw new Error(`"${e.text}" can only be compared with a choice`)
  return shapeOfOperation(e, scope)
}

function lookUp(name: string, scope: Scope): Shape {
  if (name === 'infinity') return number('any')
  if (Object.hasOwn(constants, name)) return number()
  const shape = scope.get(name)
  if (shape) return shape
  const known = [...scope.keys()]
  const some = known.slice(0, 12).join(', ') + (known.length > 12 ? ', …' : '')
  throw new Error(`${name} is not known here${didYouMean(name, known) || `; known are ${some}`}`)
}

/** An index that an expression runs over, beside the names it sees. */
export function withIndex(scope: Scope, index: string): Scope {
  if (scope.has(index))
    throw new Error(`the index ${index} has the name of something else; choose another`)
  return new Map([...scope, [index, number()]])
}

const readable: Record<Exclude<Shape['kind'], 'number'>, string> = {
  truth: 'true or false; write if(condition, 1, 0) to count with it',
  choice: 'a choice, not a number; compare it with a text',
  list: 'a list, not a number; take a value with at(list, index)',
  block: 'a block, not a number',
}

/** The unit of an expression that must be a number. */
function unitOf(e: Expression, scope: Scope, what: string): Unit | 'any' {
  const shape = shapeOf(e, scope)
  if (shape.kind !== 'number') throw new Error(`${what} is ${readable[shape.kind]}`)
  return shape.unit
}

/** The unit of a whole expression; lists and truths are no numbers. */
export const unitOfResult = (e: Expression, scope: Scope): Unit | 'any' =>
  unitOf(e, scope, 'the result')

function agree(args: readonly Expression[], scope: Scope, what: string): Unit | 'any' {
  let unit: Unit | 'any' = 'any'
  for (const arg of args) {
    const next = unitOf(arg, scope, what)
    if (!sameUnit(unit, next))
      throw new Error(
        `${what} joins ${printUnit(unit)} and ${printUnit(next)}; all must have one unit`,
      )
    if (unit === 'any') unit = next
  }
  return unit
}

function mustBePlain(args: readonly Expression[], scope: Scope, what: string): void {
  for (const arg of args) {
    const unit = unitOf(arg, scope, what)
    if (!sameUnit(unit, plain))
      throw new Error(`${what} must be a plain number, and this is in ${printUnit(unit)}`)
  }
}

/** @throws Error where an expression is neither a truth nor a flag */
export function mustBeCondition(e: Expression, scope: Scope): void {
  const shape = shapeOf(e, scope)
  if (shape.kind === 'truth' || (shape.kind === 'number' && sameUnit(shape.unit, plain))) return
  throw new Error('a condition is a comparison or a flag')
}

function mustBeList(e: Expression, scope: Scope, what: string): void {
  if (shapeOf(e, scope).kind !== 'list') throw new Error(`${what} takes a list`)
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
      return { kind: 'truth' }
    case 'if':
      mustBeCondition(a, scope)
      return number(agree([b, c], scope, 'a branch of if'))
    case 'at':
      mustBeList(a, scope, 'at')
      mustBePlain([b], scope, 'an index')
      return number()
    case 'length':
      mustBeList(a, scope, 'length')
      return number()
    case 'sum':
      mustBePlain([b, c], scope, 'a bound of sum')
      return number(unitOf(args[3]!, withIndex(scope, a as string), 'a term of sum'))
    default:
      return shapeOfCall(op, args, scope)
  }
}

function shapeOfCall(name: string, args: readonly Expression[], scope: Scope): Shape {
  const builtIn = Object.hasOwn(builtIns, name) ? builtIns[name] : undefined
  const what = `an argument of ${name}`
  if (builtIn?.units === 'same') return number(agree(args, scope, what))
  // A shared function may be asked with a condition, which is handed over as 1 or 0.
  const numbers = builtIn ? args : args.filter((arg) => shapeOf(arg, scope).kind !== 'truth')
  mustBePlain(numbers, scope, what)
  return number()
}

function power(base: Expression, exponent: Expression, scope: Scope): Unit | 'any' {
  const unit = unitOf(base, scope, 'a base')
  mustBePlain([exponent], scope, 'an exponent')
  if (unit === 'any' || sameUnit(unit, plain)) return plain
  if (typeof exponent !== 'number' || !Number.isInteger(exponent))
    throw new Error(`${printUnit(unit)} can only be raised to a whole number`)
  return { byte: unit.byte * exponent, FLOP: unit.FLOP * exponent }
}

function comparison(a: Expression, b: Expression, scope: Scope): Shape {
  if (typeof b === 'object' && 'text' in b) return compareText(a, b.text, scope)
  if (typeof a === 'object' && 'text' in a) return compareText(b, a.text, scope)
  agree([a, b], scope, 'a comparison')
  return { kind: 'truth' }
}

function compareText(e: Expression, text: string, scope: Scope): Shape {
  const shape = shapeOf(e, scope)
  if (shape.kind !== 'choice')
    throw new Error(`only a choice is compared with text, and this is a ${shape.kind}`)
  if (!shape.of.includes(text))
    throw new Error(`"${text}" is none of ${shape.of.join(', ')}${didYouMean(text, shape.of)}`)
  return { kind: 'truth' }
}

/** The shape of a name of the contract. */
export const shapeOfName = ({ unit, choice }: ContractName): Shape =>
  choice
    ? { kind: 'choice', of: choice }
    : { kind: 'number', unit: unit === '' ? plain : parseUnit(unit) }
