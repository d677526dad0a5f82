/** Prints an expression as MathML. Long sums, products and cases break into pieces that wrap; every name may be a link. */
import { createElement, Fragment, type ReactNode } from 'react'
import { formatExact } from '../../engine/numbers.ts'
import type { Expression } from '../../engine/index.ts'
import styles from './formula.module.css'
import { symbolParts } from './symbol.ts'

export interface NameView {
  /** As written: a symbol, a name, or a value put in. */
  text: string
  /** Words for who listens. */
  label: string
  open: (() => void) | null
}

export type ViewOf = (name: string) => NameView

/** How tightly operators bind; a weaker one inside a stronger one needs parentheses. */
const strength: Record<string, number> = {
  or: 1, and: 2, not: 3, '==': 4, '!=': 4, '<': 4, '<=': 4, '>': 4, '>=': 4, '+': 5, '-': 5, '*': 6, '/': 6, neg: 7, '^': 8,
} // prettier-ignore

const signs: Record<string, string> = {
  or: 'or', and: 'and', not: 'not', '==': '=', '!=': '≠', '<': '<', '<=': '≤', '>': '>', '>=': '≥', '+': '+', '-': '−', '*': '·', neg: '−',
} // prettier-ignore

const fences: Record<string, readonly [string, string]> = {
  ceil: ['⌈', '⌉'],
  floor: ['⌊', '⌋'],
  abs: ['|', '|'],
}

type Operation = Extract<Expression, { op: string }>

const isOperation = (e: Expression): e is Operation => typeof e === 'object' && 'op' in e

const element = (tag: string, ...children: ReactNode[]): ReactNode =>
  createElement(tag, null, ...children)
const operator = (text: string): ReactNode => element('mo', text)
const row = (...children: ReactNode[]): ReactNode => element('mrow', ...children)
const fenced = (open: string, inside: ReactNode, close: string): ReactNode =>
  row(operator(open), inside, operator(close))

export function Formula({ expression, view }: { expression: Expression; view: ViewOf }) {
  return <div className={styles['formula']}>{block(expression, view)}</div>
}

/** Cases as lines of words, sums and products as pieces that wrap, the rest as one formula. */
function block(e: Expression, view: ViewOf): ReactNode {
  if (isOperation(e) && e.op === 'if') return <Cases expression={e} view={view} />
  return pieces(e, view).map((each, place) => (
    // The pieces of one formula have no identity but their place.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={place}>{piece(each)}</Fragment>
  ))
}

const piece = (inside: ReactNode): ReactNode =>
  createElement('math', { className: styles['piece'] }, inside)

const chained = new Set(['+', '-', '*'])

/** The terms of a sum and the factors of a product, those in parentheses too. */
function pieces(e: Expression, view: ViewOf, outer = 0): ReactNode[] {
  if (!isOperation(e) || e.args.length < 2 || !chained.has(e.op)) return [print(e, view, outer)]
  const { op, args } = e
  const own = strength[op]!
  const [first, ...rest] = pieces(args[1]!, view, op === '-' ? own + 1 : own)
  const sign = createElement('mo', { lspace: '0.25em', rspace: '0.25em' }, signs[op])
  const all = [...pieces(args[0]!, view, own), row(sign, first), ...rest]
  if (own >= outer) return all
  all[0] = row(operator('('), all[0])
  all[all.length - 1] = row(all.at(-1), operator(')'))
  return all
}

function Cases({ expression, view }: { expression: Operation; view: ViewOf }) {
  const [condition, then, otherwise] = expression.args as [Expression, Expression, Expression]
  const more = isOperation(otherwise) && otherwise.op === 'if'
  return (
    <div className={styles['cases']}>
      <div className={styles['case']}>
        <div>{block(then, view)}</div>
        <div className={styles['when']}>if {block(condition, view)}</div>
      </div>
      {more ? (
        <Cases expression={otherwise} view={view} />
      ) : (
        <div className={styles['case']}>
          <div>{block(otherwise, view)}</div>
          <div className={styles['when']}>otherwise</div>
        </div>
      )}
    </div>
  )
}

function print(e: Expression, view: ViewOf, outer = 0): ReactNode {
  if (typeof e === 'number') return element('mn', formatExact(e))
  if (typeof e === 'string') return named(e, view)
  if (!isOperation(e)) return element('mtext', e.text)
  const { op, args } = e
  const own = strength[op]
  if (own === undefined) return call(op, args, view)
  if (op === '/') return element('mfrac', print(args[0]!, view), print(args[1]!, view))
  const inside =
    op === '^'
      ? element('msup', row(print(args[0]!, view, own + 1)), row(print(args[1]!, view)))
      : args.length === 1
        ? row(operator(signs[op]!), print(args[0]!, view, own))
        : row(
            print(args[0]!, view, own),
            operator(signs[op]!),
            print(args[1]!, view, op === '-' ? own + 1 : own),
          )
  return own < outer ? fenced('(', inside, ')') : inside
}

function call(op: string, args: readonly Expression[], view: ViewOf): ReactNode {
  const inside = args.map((arg) => print(arg, view))
  const fence = fences[op]
  if (fence) return fenced(fence[0], inside[0], fence[1])
  switch (op) {
    case 'sqrt':
      return element('msqrt', inside[0])
    case 'at':
      return element('msub', row(inside[0]), row(inside[1]))
    case 'length':
      return fenced('|', inside[0], '|')
    case 'choose':
      return fenced('(', createElement('mfrac', { linethickness: '0' }, inside[0], inside[1]), ')')
    case 'sum':
      return row(
        element(
          'munderover',
          operator('∑'),
          row(inside[0], operator('='), inside[1]),
          row(inside[2]),
        ),
        fenced('(', inside[3], ')'),
      )
    case 'if':
      return fenced(
        '(',
        row(inside[1], element('mtext', ' if '), inside[0], element('mtext', ', else '), inside[2]),
        ')',
      )
    default: {
      const list = inside.flatMap((each, place) => (place === 0 ? [each] : [operator(','), each]))
      return row(element('mi', op.replaceAll('_', ' ')), fenced('(', row(...list), ')'))
    }
  }
}

const constants: Record<string, string> = { infinity: '∞', pi: 'π' }

function named(name: string, view: ViewOf): ReactNode {
  if (constants[name]) return element('mi', constants[name])
  const { text, label, open } = view(name)
  const written = symbol(text)
  if (open === null) return written
  return createElement(
    'mrow',
    // For the mouse: inside mathematics nothing may take the keyboard, and the tree of inputs opens the same.
    { className: styles['link'], title: label, onClick: open },
    written,
  )
}

function symbol(text: string): ReactNode {
  const { letter, index } = symbolParts(text)
  if (letter === null)
    // Not as text of mathematics, which takes the space off the sign before it.
    return /^[\d.,]+$/.test(text)
      ? element('mn', text)
      : createElement('mi', { className: styles['words'] }, text)
  const base = element('mi', letter)
  return index === null ? base : element('msub', base, element('mi', index))
}
