/** Writes an expression as TypeScript. */
import { builtIns } from './functions.ts'
import { isOperation, type Expression, type Operation } from './expression.ts'

/** The variable that holds a setting, a quantity or a part. */
export const variable = (name: string): string => name.replace('.', '_')

const binding: Record<string, number> = { or: 1, and: 2, '==': 3, '!=': 3, '<': 4, '<=': 4, '>': 4, '>=': 4, '+': 5, '-': 5, '*': 6, '/': 6, neg: 7, not: 7, '^': 8 }
const written: Record<string, string> = { or: '||', and: '&&', '==': '===', '!=': '!==' }
const tightest = 9

/** TypeScript for an expression; `around` is how tightly what stands around it binds. */
export function emit(e: Expression, around = 0): string {
  if (typeof e === 'number') return e < 0 && around > 0 ? `(${e})` : String(e)
  if (typeof e === 'string') return e === 'pi' ? 'Math.PI' : e === 'infinity' ? 'Infinity' : variable(e)
  if (!isOperation(e)) return JSON.stringify(e.text)
  const [code, tightness] = operation(e)
  return tightness < around ? `(${code})` : code
}

function operation({ op, args }: Operation): [string, number] {
  const [a, b, c] = args as [Expression, Expression, Expression]
  const tight = binding[op]
  switch (op) {
    case 'neg':
      return [`-${emit(a, 8)}`, 7]
    case 'not':
      return [`!${emit(a, tightest)}`, 7]
    case '^':
      return power(a, b)
    case 'if':
      return [`${emit(a, 1)} ? ${emit(b, 1)} : ${emit(c, 0)}`, 0]
    case 'at':
      return [`${emit(a, tightest)}[${emit(b)}]!`, tightest]
    case 'length':
      return [`${emit(a, tightest)}.length`, tightest]
    case 'sum':
      return [`sum(${emit(b)}, ${emit(c)}, (${emit(a)}) => ${emit(args[3]!)})`, tightest]
  }
  if (tight !== undefined) {
    // What is not associative, and comparisons, want their right side in parentheses.
    const right = op === '-' || op === '/' || tight <= 4 ? tight + 1 : tight
    return [`${emit(a, tight)} ${written[op] ?? op} ${emit(b, right)}`, tight]
  }
  const builtIn = Object.hasOwn(builtIns, op) ? builtIns[op] : undefined
  const name = builtIn ? (builtIn.code ?? `Math.${op}`) : op
  return [`${name}(${args.map((arg) => (builtIn ? emit(arg) : asNumber(arg))).join(', ')})`, tightest]
}

/** Small whole powers of a name are products, which are exact for integers; the engine's power need not be. */
function power(base: Expression, exponent: Expression): [string, number] {
  if (typeof base === 'string' && (exponent === 2 || exponent === 3)) return [Array(exponent).fill(emit(base)).join(' * '), binding['*']!]
  return [`${emit(base, tightest)} ** ${emit(exponent, 8)}`, 8]
}

const truths = new Set(['==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'not'])

/** Shared functions take numbers: a truth is handed over as 1 or 0. */
function asNumber(e: Expression): string {
  return isOperation(e) && truths.has(e.op) ? `${emit(e, 1)} ? 1 : 0` : emit(e)
}
