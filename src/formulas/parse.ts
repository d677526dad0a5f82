/** Turns the text of an expression into a tree, and refuses everything a formula has no use for. */
import { parse as mathParse, type MathNode } from 'mathjs/number'
import { isOperation, type Expression } from './expression.ts'
import { builtIns, constants, specialForms } from './functions.ts'
import { didYouMean } from './nearest.ts'

const longest = 2000
/** Far more than a formula needs, and little enough for whatever walks the tree. */
const deepest = 100
const tooDeep = 'is nested too deeply; split it into quantities'

/** What other languages write, and what is written here. */
const spellings: readonly (readonly [string, string])[] = [
  ['&&', 'and'],
  ['||', 'or'],
  ['**', '^'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['∞', 'infinity'],
  ['π', 'pi'],
]

const operators = new Set('+ - * / ^ == != < <= > >= and or not'.split(' '))
const insteadOf: Record<string, string> = {
  '%': 'write mod(a, b), or divide by 100',
  mod: 'write mod(a, b)',
  '!': 'write not for a condition, or the product for a factorial',
}

/** What the parser of mathjs reads and a formula does not hold, by the class of node. */
const foreign: Record<string, string> = {
  ArrayNode:
    'lists and matrices cannot be written in an expression; a list is a setting, or a quantity with "over"',
  AssignmentNode:
    'an expression assigns nothing; compare with ==, or give the value a quantity of its own',
  BlockNode: 'an expression is a single one; give the second a quantity of its own',
  ConditionalNode: 'write if(condition, then, else) instead of ? and :',
  FunctionAssignmentNode: 'a function has a file of its own under formulas/functions',
  ObjectNode: 'an expression holds no braces',
  RangeNode:
    'ranges cannot be written; sum(index, from, to, expression) runs from one number to another',
  RelationalNode: 'comparisons cannot be chained; join two with "and"',
}

/**
 * Parses one expression.
 * @param text as in a formula file; a number is itself
 * @param functions names of the shared functions that may be called, with their number of parameters
 * @throws Error whose message says what is wrong and what to write instead
 */
export function parseExpression(
  text: string | number,
  functions: Record<string, number> = {},
): Expression {
  if (typeof text === 'number') return text
  refuseText(text)
  try {
    const tree = convert(mathParse(text), functions)
    if (depthOf(tree) > deepest) throw new Error(tooDeep)
    return tree
  } catch (error) {
    // Signs and powers nest without parentheses, and overflow the parser's stack.
    if (error instanceof RangeError) throw new Error(tooDeep, { cause: error })
    // mathjs reports the place, as in "Parenthesis ) expected (char 3)".
    if (error instanceof SyntaxError)
      throw new Error(`cannot be read: ${error.message} in "${shorten(text)}"`, { cause: error })
    throw error
  }
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)

function refuseText(text: string): void {
  if (text.trim() === '') throw new Error('the expression is empty')
  if (text.length > longest)
    throw new Error(
      `the expression has ${text.length} characters, more than ${longest}; split it into quantities`,
    )
  if (nestingOf(text) > deepest) throw new Error(tooDeep)
  // In folded text a comment would silently end the expression.
  if (text.includes('#')) throw new Error('an expression holds no # comment; say it under "why"')
  for (const [found, instead] of spellings)
    if (text.includes(found)) throw new Error(`write ${instead} instead of ${found}`)
}

/** How many parentheses are open at once. */
function nestingOf(text: string): number {
  let [open, most] = [0, 0]
  for (const character of text) {
    if ('([{'.includes(character)) most = Math.max(most, ++open)
    else if (')]}'.includes(character)) open--
  }
  return most
}

const depthOf = (e: Expression): number =>
  isOperation(e) ? 1 + Math.max(0, ...e.args.map(depthOf)) : 0

// The node classes of mathjs as plain shapes, so that one switch reads them all.
type Node = MathNode & {
  value?: unknown
  name?: string
  op?: string
  implicit?: boolean
  isPercentage?: boolean
  args?: Node[]
  content?: Node
  fn?: Node
  object?: Node
  index?: { dimensions?: Node[]; dotNotation?: boolean }
}

function convert(node: Node, functions: Record<string, number>): Expression {
  switch (node.type) {
    case 'ParenthesisNode':
      return convert(node.content!, functions)
    case 'ConstantNode':
      return constant(node.value)
    case 'SymbolNode':
      return node.name!
    case 'AccessorNode':
      return part(node)
    case 'OperatorNode':
      return operation(node, functions)
    case 'FunctionNode':
      return call(node, functions)
    default:
      throw new Error(
        foreign[node.type] ??
          `${shorten(node.toString())} is not allowed here; see formulas/README.md for what an expression may hold`,
      )
  }
}

function constant(value: unknown): Expression {
  if (typeof value === 'string') return { text: value }
  if (typeof value !== 'number') throw new Error(`${String(value)} is not a number; write 1 or 0`)
  if (!Number.isFinite(value))
    throw new Error(`${value} cannot be computed with; what has no end is written infinity`)
  return value
}

function part({ index, object }: Node): string {
  const name = index?.dimensions?.[0]?.value
  const whole =
    object?.type === 'AccessorNode'
      ? part(object)
      : object?.type === 'SymbolNode'
        ? object.name
        : undefined
  if (!index?.dotNotation || whole === undefined || typeof name !== 'string')
    throw new Error(
      'only parts of a quantity can be named with a dot, as in params.query; for a list use at(list, index)',
    )
  return `${whole}.${name}`
}

function operation(node: Node, functions: Record<string, number>): Expression {
  const [op, args] = [node.op!, node.args!]
  if (node.implicit)
    throw new Error(`write the multiplication in "${shorten(node.toString())}" with *`)
  if (node.isPercentage || !operators.has(op))
    throw new Error(
      `the operator ${node.isPercentage ? '%' : op} is not allowed; ${insteadOf[node.isPercentage ? '%' : op] ?? `those that are: ${[...operators].join(' ')}`}`,
    )
  const converted = args.map((arg) => convert(arg, functions))
  if (converted.some(isText) && op !== '==' && op !== '!=')
    throw new Error('text can only be compared with == or !=')
  const [first] = converted
  if (args.length === 1 && op === '+') return first!
  if (args.length === 1 && op === '-')
    return typeof first === 'number' ? -first : { op: 'neg', args: converted }
  return { op, args: converted }
}

const isText = (e: Expression): boolean => typeof e === 'object' && 'text' in e

function call(node: Node, functions: Record<string, number>): Expression {
  const args = node.args!
  const name = node.fn?.type === 'SymbolNode' ? node.fn.name! : ''
  const arities = Object.entries(builtIns).map(([key, { arity }]) => [key, arity] as const)
  const known: Record<string, number | 'some'> = {
    ...functions,
    ...specialForms,
    ...Object.fromEntries(arities),
  }
  const arity = Object.hasOwn(known, name) ? known[name] : undefined
  if (arity === undefined)
    throw new Error(
      `${name || shorten(node.toString())} is not a function that formulas may call${didYouMean(name, Object.keys(known)) || '; formulas/README.md lists those that may, and a product is written with *'}`,
    )
  if (arity === 'some' ? args.length < 2 : args.length !== arity)
    throw new Error(
      `${name} takes ${arity === 'some' ? 'two or more arguments' : arity === 1 ? '1 argument' : `${arity} arguments`}, not ${args.length}`,
    )
  const converted = args.map((arg) => convert(arg, functions))
  if (name === 'sum' && !isIndex(converted[0]!))
    throw new Error('sum takes an index, where it starts, where it ends, and an expression')
  return { op: name, args: converted }
}

const isIndex = (e: Expression): boolean =>
  typeof e === 'string' && !e.includes('.') && !Object.hasOwn(constants, e)

/**
 * Parses the class of a part: a class, or `if(condition, class, class)` where settings decide.
 * @returns a tree whose leaves in the branches of `if` are names of classes
 */
export function parseClass(text: string, classes: readonly string[]): Expression {
  const tree = parseExpression(text)
  const check = (e: Expression): void => {
    if (isOperation(e) && e.op === 'if') return e.args.slice(1).forEach(check)
    if (typeof e === 'string' && classes.includes(e)) return
    const found = typeof e === 'string' ? e : text
    throw new Error(`${found} is none of ${classes.join(', ')}${didYouMean(found, classes)}`)
  }
  check(tree)
  return tree
}
