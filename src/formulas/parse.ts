/** Turns the text of an expression into a tree, and refuses everything a formula has no use for. */
import { parse as mathParse, type MathNode } from 'mathjs'
import { builtIns, specialForms } from './functions.ts'
import { isOperation, type Expression } from './expression.ts'
import { didYouMean } from './nearest.ts'

// Deeply nested text overflows the parser's stack long before a formula needs it.
const longest = 2000

const operators: Record<string, string> = {
  '+': '+', '-': '-', '*': '*', '/': '/', '^': '^',
  '==': '==', '!=': '!=', '<': '<', '<=': '<=', '>': '>', '>=': '>=',
  and: 'and', or: 'or', not: 'not',
} // prettier-ignore

/**
 * Parses one expression.
 * @param text as in a formula file; a number is itself
 * @param functions names of the shared functions that may be called, with their number of parameters
 * @throws Error whose message says what is wrong and what to write instead
 */
export function parseExpression(text: string | number, functions: Record<string, number> = {}): Expression {
  if (typeof text === 'number') return text
  if (text.length > longest) throw new Error(`the expression has ${text.length} characters, more than ${longest}; split it into quantities`)
  if (/[0-9]_[0-9]/.test(text.replace(/[A-Za-z_]\w*/g, ''))) throw new Error('write numbers without underscores')
  let tree: MathNode
  try {
    tree = mathParse(text)
  } catch (error) {
    throw new Error(`cannot be read: ${(error as Error).message}`, { cause: error })
  }
  return convert(tree, functions)
}

// The node classes of mathjs as plain shapes, so that one switch reads them all.
type Node = MathNode & {
  value?: unknown
  name?: string
  op?: string
  implicit?: boolean
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
      if (typeof node.value === 'number') return node.value
      if (typeof node.value === 'string') return { text: node.value }
      throw new Error(`${String(node.value)} is not a number; write 1 or 0`)
    case 'SymbolNode':
      return node.name!
    case 'AccessorNode': {
      const part = node.index?.dimensions?.[0]?.value
      if (!node.index?.dotNotation || node.object?.type !== 'SymbolNode' || typeof part !== 'string')
        throw new Error('only parts of a quantity can be named with a dot, as in params.query; for a list use at(list, index)')
      return `${node.object.name}.${part}`
    }
    case 'OperatorNode':
      return operation(node, functions)
    case 'FunctionNode':
      return call(node, functions)
    case 'RelationalNode':
      throw new Error('comparisons cannot be chained; join two with "and"')
    case 'ConditionalNode':
      throw new Error('write if(condition, then, else) instead of ? and :')
    default:
      throw new Error(`${node.toString()} is not allowed here (${node.type.replace('Node', '').toLowerCase()}); see formulas/README.md for what an expression may hold`)
  }
}

function operation(node: Node, functions: Record<string, number>): Expression {
  const args = node.args!
  if (node.implicit) throw new Error(`write the multiplication in "${node.toString()}" with *`)
  if (node.op === '+' && args.length === 1) return convert(args[0]!, functions)
  const op = node.op === '-' && args.length === 1 ? 'neg' : operators[node.op!]
  if (op === undefined) throw new Error(`the operator ${node.op} is not allowed`)
  const converted = args.map((arg) => convert(arg, functions))
  if (converted.some((arg) => typeof arg === 'object' && 'text' in arg) && op !== '==' && op !== '!=')
    throw new Error('text can only be compared with == or !=')
  if (op === 'neg' && typeof converted[0] === 'number') return -converted[0]
  return { op, args: converted }
}

function call(node: Node, functions: Record<string, number>): Expression {
  const name = node.fn?.name ?? ''
  const known = { ...functions, ...specialForms, ...Object.fromEntries(Object.entries(builtIns).map(([key, f]) => [key, f.arity])) }
  const arity = Object.hasOwn(known, name) ? known[name] : undefined
  if (arity === undefined) throw new Error(`${name || node.toString()} is not a function that formulas may call${didYouMean(name, Object.keys(known))}`)
  const args = node.args!
  if (arity === 'some' ? args.length < 2 : args.length !== arity)
    throw new Error(`${name} takes ${arity === 'some' ? 'two or more' : arity} arguments, not ${args.length}`)
  const converted = args.map((arg) => convert(arg, functions))
  if (name === 'sum' && typeof converted[0] !== 'string') throw new Error('sum takes an index, where it starts, where it ends, and an expression')
  return { op: name, args: converted }
}

/**
 * Parses the class of a part: a class, or `if(condition, class, class)` where settings decide.
 * @returns a tree whose leaves in the branches of `if` are names of classes
 */
export function parseClass(text: string, classes: readonly string[]): Expression {
  const tree = parseExpression(text)
  const check = (e: Expression): void => {
    if (isOperation(e) && e.op === 'if') return e.args.slice(1).forEach(check)
    if (typeof e !== 'string' || !classes.includes(e)) {
      const found = typeof e === 'string' ? e : text
      throw new Error(`${found} is none of ${classes.join(', ')}${didYouMean(found, classes)}`)
    }
  }
  check(tree)
  return tree
}
