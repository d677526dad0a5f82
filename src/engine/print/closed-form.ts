/** A number as one closed formula: factors of 1 and terms of 0 gone, cases decided, what is trivial folded. */
import { interpret, type Expression } from '../../formulas/explanations.ts'
import type { Derivation } from '../types.ts'
import {
  call,
  expressionOf,
  leaf,
  leavesOf,
  number,
  product,
  sum,
  type Form,
  type Leaf,
} from './closed-terms.ts'

export interface ClosedForm {
  /** Names in it are those of `leaves`. */
  expression: Expression
  leaves: Readonly<Record<string, Leaf>>
  /** The steps whose equations went into it, the number itself first. */
  opened: readonly Derivation[]
}

/** As many numbers as a line can be read with. */
const usual = 14

/**
 * The deepest formula with no more than so many numbers in it; what is not opened stands in it by its name.
 * @returns null where the number has no equation, or one over lists
 */
export function closedForm(root: Derivation, most = usual): ClosedForm | null {
  let best: { form: Form; opened: readonly Derivation[] } | null = null
  let before = ''
  for (let depth = 1; ; depth++) {
    const found = formAt(root, depth)
    if (found === null) break
    const size = leavesOf(found.form).length
    if (best === null || size <= most) best = found
    // What is opened further down may be simpler, but not by this much.
    if (found.form.key === before || size > 4 * most) break
    before = found.form.key
  }
  if (best === null) return null
  return {
    expression: expressionOf(best.form),
    leaves: Object.fromEntries(leavesOf(best.form).map(({ key, leaf: each }) => [key, each])),
    opened: best.opened,
  }
}

/** Null where the number itself cannot be opened. */
function formAt(root: Derivation, depth: number): { form: Form; opened: Derivation[] } | null {
  const opened = new Set<Derivation>()
  const close = (node: Derivation, path: readonly number[], left: number): Form => {
    const equation = node.taken ?? node.equation
    // Settings are given; what a scenario takes from its model stands by its name.
    if (left === 0 || equation === undefined || node.origin !== undefined || !isOfNumbers(equation, node))
      return leaf({ step: node, path }) // prettier-ignore
    opened.add(node)
    const values = Object.fromEntries(node.inputs.map(({ name, value }) => [name!, value]))
    const visit = (e: Expression): Form => {
      if (typeof e === 'string') {
        const place = node.inputs.findIndex(({ name }) => name === e)
        if (place >= 0) return close(node.inputs[place]!, [...path, place], left - 1)
      }
      if (typeof e !== 'object' || !('op' in e) || isCondition(e))
        return number(Number(interpret(e, values)))
      const { op, args } = e
      switch (op) {
        case '+':
          return sum(args.map(visit))
        case '-':
          return sum([visit(args[0]!), product([number(-1), visit(args[1]!)])])
        case 'neg':
          return product([number(-1), visit(args[0]!)])
        case '*':
          return product([layersIn(args, node) ?? visit(args[0]!), visit(args[1]!)])
        default:
          return call(op, args.map(visit))
      }
    }
    const form = visit(equation)
    // Of a single part the whole has the better name.
    return form.kind === 'leaf' && form.leaf.step.origin === undefined && path.length > 0
      ? leaf({ step: node, path })
      : form
  }
  const form = close(root, [], depth)
  return opened.size === 0 ? null : { form, opened: [...opened] }
}

const conditions = new Set(['==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'not'])
const isCondition = (e: Expression): boolean =>
  typeof e === 'object' && 'op' in e && conditions.has(e.op)

/** The layers that a block is counted for: `61 * mixer.cache_bytes`. */
function layersIn([count, term]: readonly Expression[], { inputs }: Derivation): Form | null {
  const input = inputs.find(({ name }) => name === term)
  if (typeof count !== 'number' || input?.times !== count) return null
  const step: Derivation = { address: 'layers', label: 'Layers', name: 'layers', value: count, unit: 'layer', inputs: [] } // prettier-ignore
  return leaf({ step, path: null })
}

/** Lists have no closed form; texts stand in conditions only, which are decided. */
function isOfNumbers(equation: Expression, { inputs, value }: Derivation): boolean {
  const isNumber = (e: Expression): boolean => {
    if (typeof e === 'number' || isCondition(e)) return true
    if (typeof e === 'string')
      return inputs.every(({ name, value: own }) => name !== e || typeof own === 'number')
    return 'op' in e && !['sum', 'at', 'length', 'if'].includes(e.op) && e.args.every(isNumber)
  }
  return Number.isFinite(value) && isNumber(equation)
}
