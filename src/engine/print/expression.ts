/** Prints expressions as people, Python and LaTeX read them. */
import { isOperation, type Expression } from '../../formulas/explanations.ts'
import { formatExact } from '../numbers.ts'

/** What stands for a name: the name itself, a symbol, or the value put in. */
export type NameOf = (name: string) => string

/** How tightly operators bind; a weaker one inside a stronger one needs parentheses. */
const strength: Record<string, number> = {
  or: 1, and: 2, not: 3, '==': 4, '!=': 4, '<': 4, '<=': 4, '>': 4, '>=': 4, '+': 5, '-': 5, '*': 6, '/': 6, neg: 7, '^': 8,
} // prettier-ignore

/** What `not` is said of is put in parentheses: languages differ in how tightly it binds. */
const operandOf = (unary: string): number =>
  unary === 'not' ? strength['^']! + 1 : strength[unary]!

interface Notation {
  operators: Readonly<Record<string, string>>
  number: (value: number) => string
  name: NameOf
  text: (text: string) => string
  /** A call; `if`, `at`, `length` and `sum` are calls too. */
  call: (op: string, args: readonly string[]) => string
}

function infix(e: Expression, notation: Notation): string {
  const { operators, number, name, text, call } = notation
  const print = (each: Expression, outer: number): string => {
    if (typeof each === 'number')
      return each < 0 && outer > strength['neg']! ? `(${number(each)})` : number(each)
    if (typeof each === 'string') return name(each)
    if (!isOperation(each)) return text(each.text)
    const { op, args } = each
    const own = strength[op]
    if (own === undefined)
      return call(
        op,
        args.map((arg) => print(arg, 0)),
      )
    const joined =
      args.length === 1
        ? operators[op]! + print(args[0]!, operandOf(op))
        : // To the right, and at the base of a power, the same strength needs parentheses as well.
          print(args[0]!, op === '^' ? own + 1 : own) +
          operators[op] +
          print(args[1]!, op === '^' ? own : own + 1)
    return own < outer ? `(${joined})` : joined
  }
  return print(e, 0)
}

const constantNames: Record<string, string> = { infinity: '∞', pi: 'π' }

/** `n_heads × d_head × min(n_past + n_new, window)` */
export const asText = (e: Expression, name: NameOf = (each) => each): string =>
  infix(e, {
    operators: { or: ' or ', and: ' and ', not: 'not ', '==': ' = ', '!=': ' ≠ ', '<': ' < ', '<=': ' ≤ ', '>': ' > ', '>=': ' ≥ ', '+': ' + ', '-': ' − ', '*': ' × ', '/': ' / ', neg: '−', '^': '^' },
    number: formatExact,
    name: (each) => constantNames[each] ?? name(each),
    text: (text) => `"${text}"`,
    call: (op, args) => `${op}(${args.join(', ')})`,
  }) // prettier-ignore

const pythonCalls: Record<string, (args: readonly string[]) => string> = {
  if: ([condition, then, otherwise]) => `(${then} if ${condition} else ${otherwise})`,
  at: ([list, index]) => `${list}[${index}]`,
  length: ([list]) => `len(${list})`,
  sum: ([index, from, to, term]) => `sum(${term} for ${index} in range(${from}, ${to} + 1))`,
  mod: ([a, b]) => `((${a}) % (${b}))`,
  // Python rounds halves to even.
  round: ([x]) => `math.floor((${x}) + 0.5)`,
  normal_cdf: ([x]) => `(0.5 * (1 + math.erf((${x}) / math.sqrt(2))))`,
  normal_pdf: ([x]) => `(math.exp(-((${x}) ** 2) / 2) / math.sqrt(2 * math.pi))`,
  choose: ([n, k]) => `math.prod((${n} - ${k} + i) / i for i in range(1, ${k} + 1))`,
}
const pythonMath = new Set(['ceil', 'floor', 'log', 'log2', 'exp', 'sqrt'])

/** Runs where `math` is imported and shared functions are defined. */
export const asPython = (e: Expression, name: NameOf): string =>
  infix(e, {
    operators: { or: ' or ', and: ' and ', not: 'not ', '==': ' == ', '!=': ' != ', '<': ' < ', '<=': ' <= ', '>': ' > ', '>=': ' >= ', '+': ' + ', '-': ' - ', '*': ' * ', '/': ' / ', neg: '-', '^': ' ** ' },
    number: pythonNumber,
    name: (each) => (each === 'infinity' ? 'math.inf' : each === 'pi' ? 'math.pi' : name(each)),
    text: (text) => JSON.stringify(text),
    call: (op, args) => pythonCalls[op]?.(args) ?? `${pythonMath.has(op) ? 'math.' : ''}${op}(${args.join(', ')})`,
  }) // prettier-ignore

export const pythonNumber = (value: number): string =>
  value === Infinity
    ? 'math.inf'
    : Number.isInteger(value)
      ? BigInt(value).toString()
      : String(value)

const latexOperators: Record<string, string> = {
  or: ' \\lor ', and: ' \\land ', not: '\\lnot ', '==': ' = ', '!=': ' \\neq ', '<': ' < ', '<=': ' \\le ', '>': ' > ', '>=': ' \\ge ',
  '+': ' + ', '-': ' - ', '*': ' \\cdot ', neg: '-',
} // prettier-ignore

const latexCalls: Record<string, (args: readonly string[]) => string> = {
  if: ([condition, then, otherwise]) =>
    `\\begin{cases} ${then} & ${condition} \\\\ ${otherwise} & \\text{otherwise} \\end{cases}`,
  at: ([list, index]) => `${list}_{${index}}`,
  length: ([list]) => `\\left|${list}\\right|`,
  sum: ([index, from, to, term]) => `\\sum_{${index}=${from}}^{${to}} \\left(${term}\\right)`,
  ceil: ([x]) => `\\left\\lceil ${x} \\right\\rceil`,
  floor: ([x]) => `\\left\\lfloor ${x} \\right\\rfloor`,
  abs: ([x]) => `\\left|${x}\\right|`,
  sqrt: ([x]) => `\\sqrt{${x}}`,
  mod: ([a, b]) => `\\left(${a} \\bmod ${b}\\right)`,
  log2: ([x]) => `\\log_2\\left(${x}\\right)`,
  choose: ([n, k]) => `\\binom{${n}}{${k}}`,
  normal_cdf: ([x]) => `\\Phi\\left(${x}\\right)`,
  normal_pdf: ([x]) => `\\varphi\\left(${x}\\right)`,
}
const latexNamed = new Set(['min', 'max', 'log', 'exp'])

/** For a mathematics environment. */
export function asLatex(e: Expression, name: NameOf = latexName): string {
  const print = (each: Expression, outer: number): string => {
    if (typeof each === 'number') return latexNumber(each)
    if (typeof each === 'string')
      return each === 'infinity' ? '\\infty' : each === 'pi' ? '\\pi' : name(each)
    if (!isOperation(each)) return `\\text{${escapeLatex(each.text)}}`
    const { op, args } = each
    if (op === '/') return `\\frac{${print(args[0]!, 0)}}{${print(args[1]!, 0)}}`
    const own = strength[op]
    if (own === undefined)
      return latexCall(
        op,
        args.map((arg) => print(arg, 0)),
      )
    const joined =
      op === '^'
        ? `${print(args[0]!, own + 1)}^{${print(args[1]!, 0)}}`
        : args.length === 1
          ? latexOperators[op]! + print(args[0]!, operandOf(op))
          : print(args[0]!, own) + latexOperators[op] + print(args[1]!, op === '-' ? own + 1 : own)
    return own < outer ? `\\left(${joined}\\right)` : joined
  }
  return print(e, 0)
}

function latexCall(op: string, args: readonly string[]): string {
  const special = latexCalls[op]
  if (special) return special(args)
  return `${latexNamed.has(op) ? `\\${op}` : `\\operatorname{${escapeLatex(op)}}`}\\left(${args.join(', ')}\\right)`
}

export const latexNumber = (value: number): string =>
  value === Infinity ? '\\infty' : formatExact(value).replaceAll(',', '{,}')

/** A name in upright letters, or a symbol such as `d_kv` with its index. */
export function latexName(name: string, symbol?: string): string {
  const [letter = '', index] = symbol?.split('_') ?? []
  if (!/^[A-Za-z]{1,2}$/.test(letter)) return `\\mathrm{${escapeLatex(name)}}`
  return index === undefined
    ? letter
    : `${letter}_{${index.length > 1 ? `\\mathrm{${escapeLatex(index)}}` : index}}`
}

const escapeLatex = (text: string): string => text.replace(/[_#%&${}]/g, '\\$&')
