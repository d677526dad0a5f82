/** Sums and products that put themselves in order: what is 0 is no term, what is 1 no factor, what terms share stands before them. */
import { interpret, type Expression } from '../../formulas/explanations.ts'
import type { Derivation } from '../types.ts'

/** A number that a closed formula does not open. */
export interface Leaf {
  step: Derivation
  /** Where it stands in the tree; null for what only the formula counts, such as layers. */
  path: readonly number[] | null
}

/** With the same key, two are the same. */
export type Form = { value: number; key: string } & (
  | { kind: 'number' }
  | { kind: 'leaf'; leaf: Leaf }
  | { kind: 'sum'; terms: readonly Form[] }
  | { kind: 'product'; factors: readonly Form[] }
  | { kind: 'call'; op: string; args: readonly Form[] }
)

export const number = (value: number): Form => ({ kind: 'number', value, key: String(value) })

/** Equal numbers under one name are one. */
export const leaf = (given: Leaf): Form => {
  const { symbol, label, value } = given.step
  return { kind: 'leaf', key: `${symbol ?? ''} ${label} ${String(value)}`, leaf: given, value: Number(value) }
} // prettier-ignore

const keys = (forms: readonly Form[], between: string): string =>
  `(${forms.map(({ key }) => key).join(between)})`

export function sum(given: readonly Form[]): Form {
  const flat = given.flatMap((each) => (each.kind === 'sum' ? each.terms : [each]))
  const terms = likeTogether(withTokens(flat)).filter(({ value }) => value !== 0)
  if (terms.length <= 1) return terms[0] ?? number(0)
  const shared = sharedFactors(terms)
  if (shared.length > 0)
    return product([...shared, sum(terms.map((each) => product(without(factorsOf(each), shared))))])
  const value = terms.reduce((all, each) => all + each.value, 0)
  return { kind: 'sum', terms, value, key: keys(terms, '+') }
}

/** What is seen are the tokens that came before and those of the pass. */
function withTokens(terms: readonly Form[]): readonly Form[] {
  const named = (name: string): Extract<Form, { kind: 'leaf' }> | undefined =>
    terms.find((each) => each.kind === 'leaf' && each.leaf.step.name === name) as never
  const [past, now] = [named('n_past'), named('n_new')]
  if (!past || !now) return terms
  const { symbol: _, ...step } = past.leaf.step
  const value = past.value + now.value
  const all = leaf({ step: { ...step, name: 'tokens', label: 'Tokens', value, unit: 'token' }, path: null }) // prettier-ignore
  return terms.flatMap((each) => (each === past ? [all] : each === now ? [] : [each]))
}

/** `61 a + 61 a` is `122 a`. */
function likeTogether(terms: readonly Form[]): Form[] {
  const found = new Map<string, { count: number; rest: Form[]; alone: Form | null }>()
  for (const term of terms) {
    const factors = factorsOf(term)
    const count = factors.filter(isCount).reduce((all, { value }) => all * value, 1)
    const rest = factors.filter((each) => !isCount(each))
    const key = keys(rest, '*')
    const same = found.get(key)
    found.set(key, same ? { count: same.count + count, rest, alone: null } : { count, rest, alone: term }) // prettier-ignore
  }
  return [...found.values()].map(
    ({ count, rest, alone }) => alone ?? product([number(count), ...rest]),
  )
}

const isCount = (form: Form): boolean =>
  form.kind === 'number' || (form.kind === 'leaf' && form.leaf.step.unit === 'layer')

const factorsOf = (form: Form): readonly Form[] =>
  form.kind === 'product' ? form.factors : form.kind === 'number' && form.value === 1 ? [] : [form]

function sharedFactors([first, ...others]: readonly Form[]): Form[] {
  const shared: Form[] = []
  for (const factor of factorsOf(first!)) {
    const tried = [...shared, factor]
    if (others.every((other) => holds(factorsOf(other), tried))) shared.push(factor)
  }
  return shared
}

const holds = (factors: readonly Form[], wanted: readonly Form[]): boolean =>
  without(factors, wanted).length === factors.length - wanted.length

/** The factors less those wanted, each taken off once. */
function without(factors: readonly Form[], wanted: readonly Form[]): Form[] {
  const left = [...factors]
  for (const { key } of wanted) {
    const at = left.findIndex((other) => other.key === key)
    if (at >= 0) left.splice(at, 1)
  }
  return left
}

export function product(given: readonly Form[]): Form {
  const all = given.flatMap((each) => (each.kind === 'product' ? each.factors : [each]))
  if (all.some(({ value }) => value === 0)) return number(0)
  const isNumber = ({ kind }: Form): boolean => kind === 'number'
  const coefficient = all.filter(isNumber).reduce((times, { value }) => times * value, 1)
  const named = all.filter((each) => !isNumber(each) && each.value !== 1)
  const factors = [
    ...(coefficient === 1 ? [] : [number(coefficient)]),
    ...named.toSorted((a, b) => placeOf(a) - placeOf(b)),
  ]
  if (factors.length <= 1) return factors[0] ?? number(1)
  const value = factors.reduce((times, each) => times * each.value, 1)
  return { kind: 'product', factors, value, key: keys(factors, '*') }
}

const places: Readonly<Record<string, number>> = { layer: 0, token: 1, byte: 3 }

/** As one says it: so many layers, so many tokens, of so much, in so many bytes. */
const placeOf = (form: Form): number =>
  Math.min(...leavesOf(form).map(({ leaf: { step } }) => places[step.unit] ?? 2))

/** A division, a power or a function; where it changes nothing there is none. */
export function call(op: string, args: readonly Form[]): Form {
  const value = Number(interpret({ op, args: args.map((each) => each.value) }, {}))
  const [first, second] = args as readonly [Form, Form | undefined]
  if (op === 'min' || op === 'max')
    return args
      .filter((each) => each.value === value)
      .reduce((short, each) => (each.key.length < short.key.length ? each : short))
  if ((op === 'ceil' || op === 'floor' || op === 'round') && first.value === value) return first
  if (op === '/') return divided(first, second!, value)
  if (op === '^' && second!.value === 1) return first
  return value === 0 || value === 1 || args.every(({ kind }) => kind === 'number')
    ? number(value)
    : { kind: 'call', op, args, value, key: `${op}${keys(args, ',')}` }
}

function divided(above: Form, below: Form, value: number): Form {
  if (value === 0) return number(0)
  const shared = sharedFactors([above, below])
  if (shared.length > 0)
    return call(
      '/',
      [above, below].map((each) => product(without(factorsOf(each), shared))),
    )
  if (below.value === 1) return above
  if (above.kind === 'number' && below.kind === 'number') return number(value)
  return { kind: 'call', op: '/', args: [above, below], value, key: keys([above, below], '/') }
}

/** Every named number of a form, in order, each as often as it stands there. */
export function leavesOf(form: Form): Extract<Form, { kind: 'leaf' }>[] {
  switch (form.kind) {
    case 'number':
      return []
    case 'leaf':
      return [form]
    case 'sum':
      return form.terms.flatMap(leavesOf)
    case 'product':
      return form.factors.flatMap(leavesOf)
    case 'call':
      return form.args.flatMap(leavesOf)
  }
}

/** Leaves stand in it by their keys. */
export function expressionOf(form: Form): Expression {
  switch (form.kind) {
    case 'number':
      return form.value
    case 'leaf':
      return form.key
    case 'call':
      return { op: form.op, args: form.args.map(expressionOf) }
    case 'product':
      return form.factors.map(expressionOf).reduce((left, right) => ({ op: '*', args: [left, right] })) // prettier-ignore
    case 'sum': {
      const [first, ...others] = form.terms
      return others.reduce<Expression>((left, term) => {
        const isLess = factorsOf(term).some(({ kind, value }) => kind === 'number' && value < 0)
        const amount = isLess ? product([number(-1), term]) : term
        return { op: isLess ? '-' : '+', args: [left, expressionOf(amount)] }
      }, expressionOf(first!))
    }
  }
}
