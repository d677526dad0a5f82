/** Writes an expression as TypeScript. */
import { isOperation, type Expression, type Operation } from './expression.ts'
import { builtIns } from './functions.ts'
import { variable } from './names.ts'

const binding: Record<string, number> = {
  or: 1, and: 2, '==': 3, '!=': 3, '<': 4, '<=': 4, '>': 4, '>=': 4, '+': 5, '-': 5, '*': 6, '/': 6,
} // prettier-ignore
const unary = 7
const power = 8
const tightest = 9
const written: Record<string, string> = { or: '||', and: '&&', '==': '===', '!=': '!==' }

/** TypeScript for an expression; `around` is how tightly what stands around it binds. */
export function emit(e: Expression, around = 0): string {
  if (typeof e === 'number') return e < 0 && around > 0 ? `(${e})` : String(e)
  if (typeof e === 'string')
    return e === 'pi' ? 'Math.PI' : e === 'infinity' ? 'Infinity' : variable(e)
  if (!isOperation(e)) return JSON.stringify(e.text)
  const [code, tightness] = emitOperation(e)
  return tightness < around ? `(${code})` : code
}

/** Code, and how tightly it binds. */
function emitOperation({ op, args }: Operation): [string, number] {
  const [a, b, c] = args as [Expression, Expression, Expression]
  switch (op) {
    case 'neg':
      return [`-${emit(a, tightest)}`, unary]
    case 'not':
      return [`!${emit(a, tightest)}`, unary]
    case '^':
      return emitPower(a, b)
    case 'if':
      return [`${emit(a, 1)} ? ${emit(b, 1)} : ${emit(c)}`, 0]
    case 'at':
      return [`${emit(a, tightest)}[${emit(b)}]!`, tightest]
    case 'length':
      return [`${emit(a, tightest)}.length`, tightest]
    case 'sum':
      return [`sum(${emit(b)}, ${emit(c)}, (${emit(a)}) => ${emit(args[3]!)})`, tightest]
  }
  const tight = binding[op]
  // Rounding depends on the order, so the right side keeps the parentheses it was written with.
  if (tight !== undefined)
    return [`${emit(a, tight)} ${written[op] ?? op} ${emit(b, tight + 1)}`, tight]
  const builtIn = Object.hasOwn(builtIns, op) ? builtIns[op] : undefined
  if (builtIn)
    return [`${builtIn.code ?? `Math.${op}`}(${args.map((arg) => emit(arg)).join(', ')})`, tightest]
  return [`${op}(${args.map(asNumber).join(', ')})`, tightest]
}

/** Squares and cubes of a name are products, which are exact for integers and faster than a power. */
function emitPower(base: Expression, exponent: Expression): [string, number] {
  if (typeof base === 'string' && (exponent === 2 || exponent === 3))
    return [Array(exponent).fill(emit(base)).join(' * '), binding['*']!]
  return [`${emit(base, tightest)} ** ${emit(exponent, power)}`, power]
}

const truths = new Set(['==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'not'])

/** Shared functions take numbers: a truth is handed over as 1 or 0. */
const asNumber = (e: Expression): string =>
  isOperation(e) && truths.has(e.op) ? `${emit(e, 1)} ? 1 : 0` : emit(e)
