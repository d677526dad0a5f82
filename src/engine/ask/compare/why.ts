/** Why two models differ in a quantity: their derivations walked together, down to the first inputs that differ. */
import type { Model } from '../../../architecture/model.ts'
import { distinctNames, interpret, type Expression } from '../../../formulas/explanations.ts'
import { explain } from '../../explain/explain.ts'
import type { Derivation, Workload } from '../../types.ts'
import { blockOf, differing, type Cause, type Differing } from './causes.ts'
import { shapley } from './shapley.ts'

export type { Cause }

export interface Side {
  model: Model
  workload: Partial<Workload>
}

export interface Why {
  a: number
  b: number
  difference: number
  unit: string
  /** The greatest share first. */
  causes: Cause[]
}

/** What differs, and how much it adds. */
type Found = readonly [Differing, amount: number]

/** The number of layers of each stack. */
type Depths = readonly [a: readonly number[], b: readonly number[]]

/**
 * What makes `quantity` of b differ from that of a. Where several inputs of one equation differ, each has the mean of what it
 * changes over all orders of changing them (Shapley's value), so that the shares add up.
 * @throws ArchcostError where there is no such quantity
 */
export function why(a: Side, b: Side, quantity: string): Why {
  const [left, right] = [
    explain(a.model, a.workload, quantity),
    explain(b.model, b.workload, quantity),
  ]
  const difference = Number(right.value) - Number(left.value)
  const depths: Depths = [depthsOf(a.model), depthsOf(b.model)]
  const found = new Map<string, Cause>()
  for (const [what, amount] of difference === 0 ? [] : walk(left, right, difference, depths)) {
    const known = found.get(what.address)
    if (known) known.amount += amount
    else found.set(what.address, { ...what, amount, share: 0 })
  }
  const causes = [...found.values()]
    .filter(({ amount }) => amount !== 0)
    .map((cause) => ({ ...cause, share: cause.amount / difference }))
  return {
    a: Number(left.value),
    b: Number(right.value),
    difference,
    unit: right.unit,
    causes: causes.toSorted((x, y) => Math.abs(y.amount) - Math.abs(x.amount)),
  }
}

const depthsOf = ({ stacks }: Model): number[] => stacks.map(({ n_layers }) => n_layers)

/** Shares `amount` out among the inputs of two derivations of one thing. */
function walk(a: Derivation, b: Derivation, amount: number, depths: Depths): Found[] {
  if (isTotal(a) || isTotal(b)) return walkTotal(a, b, amount, depths)
  const shares = sharesOf(a, b)
  if (shares === null) return [[differing(a, b), amount]]
  return shares.flatMap(({ x, y, share }) => walk(x, y, amount * share, depths))
}

const isTotal = ({ inputs }: Derivation): boolean => inputs.some(({ times }) => times !== undefined)
const same = (x: unknown, y: unknown): boolean => JSON.stringify(x) === JSON.stringify(y) || x === y

/** A default that is another setting is an equation too. */
const equationOf = ({ equation, inputs, origin }: Derivation): Expression | undefined =>
  equation ?? (origin === 'default' && inputs.length === 1 ? inputs[0]!.name : undefined)

const most = 10

/** The inputs that differ, with the share of each in the mean over all orders of changing them; null where that cannot be said. */
function sharesOf(
  a: Derivation,
  b: Derivation,
): { x: Derivation; y: Derivation; share: number }[] | null {
  const equation = equationOf(a)
  if (equation === undefined || a.file !== b.file || !same(equation, equationOf(b))) return null
  // Calls of shared functions stand among the inputs only to be opened.
  const inputs = distinctNames(equation).flatMap((name) => {
    const [x, y] = [a, b].map((side) => side.inputs.find((each) => each.name === name))
    return x ? [{ name, x, y: y ?? x }] : []
  })
  const changed = inputs.filter(({ x, y }) => !same(x.value, y.value))
  if (changed.length === 0 || changed.length > most) return null
  if (changed.length === 1) return [{ ...changed[0]!, share: 1 }]
  const values = Array.from({ length: 1 << changed.length }, (_, chosen) => {
    const given = inputs.map((each) => {
      const place = changed.indexOf(each)
      return [each.name, (place >= 0 && chosen & (1 << place) ? each.y : each.x).value]
    })
    return Number(interpret(equation, Object.fromEntries(given) as Record<string, number>))
  })
  const whole = values.at(-1)! - values[0]!
  if (whole === 0 || !values.every(Number.isFinite)) return null
  const parts = shapley(values, changed.length)
  return changed.map((each, index) => ({ ...each, share: parts[index]! / whole }))
}

/** What each of two factors adds to the difference of their product, in the mean over both orders. */
const inProduct = (
  [a, b]: readonly [number, number],
  [c, d]: readonly [number, number],
): [number, number] => [((b - a) * (c + d)) / 2, ((d - c) * (a + b)) / 2]

/** A total is terms times layers, times the batch where it is not asked of the model. */
function walkTotal(a: Derivation, b: Derivation, amount: number, depths: Depths): Found[] {
  const [x, y] = [read(a), read(b)]
  const part = amount / (Number(b.value) - Number(a.value))
  const scale = ((x.batch + y.batch) / 2) * part
  const sums = [Number(a.value) / x.batch, Number(b.value) / y.batch] as const
  const label = 'Sequences side by side'
  const batch: Differing = { kind: 'workload', address: 'batch', label, a: x.batch, b: y.batch }
  const names = [...new Set([...x.terms.keys(), ...y.terms.keys()])]
  return [
    ...(x.batch === y.batch
      ? []
      : [[batch, inProduct([x.batch, y.batch], sums)[0] * part] as const]),
    ...names.flatMap((name) =>
      walkTerm(x.terms.get(name) ?? null, y.terms.get(name) ?? null, scale, depths),
    ),
  ]
}

/** A term of two totals, or of only one of them. */
function walkTerm(
  a: Derivation | null,
  b: Derivation | null,
  scale: number,
  depths: Depths,
): Found[] {
  const value = (term: Derivation | null): number => Number(term?.value ?? 0)
  const times = [a?.times ?? 1, b?.times ?? 1] as const
  const amount = (times[1] * value(b) - times[0] * value(a)) * scale
  if (a === null || b === null) {
    const { address, block } = blockOf((a ?? b)!)
    const label = `${block} in only one of them`
    return [[{ kind: 'block', address, label, a: a && block, b: b && block }, amount]]
  }
  if (a.file !== b.file) return [[differing(a, b), amount]]
  const [ofTimes, ofValue] = inProduct(times, [value(a), value(b)])
  const found: Found[] = []
  if (times[0] !== times[1]) {
    const is_whole = depths[0].includes(times[0]) && depths[1].includes(times[1])
    const { address, block } = blockOf(a)
    const where = is_whole ? 'n_layers' : `${address}.layers`
    const label = is_whole ? 'Layers' : `Layers with ${block} at ${address}`
    found.push([
      { kind: 'layers', address: where, label, a: times[0], b: times[1] },
      ofTimes * scale,
    ])
  }
  if (value(a) !== value(b)) {
    const one = { times: 1 }
    found.push(...walk({ ...a, ...one }, { ...b, ...one }, ofValue * scale, depths))
  }
  return found
}

/** The terms of a total by name, and the batch they are multiplied by. A function of other totals has these as terms. */
function read(total: Derivation): { terms: Map<string, Derivation>; batch: number } {
  const terms = total.inputs.filter(({ times }) => times !== undefined)
  const batch =
    terms.length > 0 ? total.inputs.find(({ name }) => name === 'batch')?.value : undefined
  return {
    terms: new Map(terms.map((term) => [term.name!, term])),
    batch: typeof batch === 'number' ? batch : 1,
  }
}
