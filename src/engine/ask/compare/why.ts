/** Why two models differ in a quantity: their derivations walked together, down to the first inputs that differ. */
import type { Model } from '../../../architecture/model.ts'
import { distinctNames, interpret } from '../../../formulas/explanations.ts'
import { explain } from '../../explain/explain.ts'
import type { Derivation, Workload } from '../../types.ts'
import { blockOf, causeOf, type Cause } from './causes.ts'
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
  const found = new Map<string, Cause>()
  const blame: Blame = (cause) => {
    const known = found.get(cause.address)
    if (known) known.amount += cause.amount
    else found.set(cause.address, { ...cause, share: 0 })
  }
  if (difference !== 0)
    walk(left, right, difference, blame, { n_layers: [layersOf(a.model), layersOf(b.model)] })
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

type Blame = (cause: Omit<Cause, 'share'>) => void
interface About {
  /** Of each stack, in both models. */
  n_layers: [readonly number[], readonly number[]]
}

const layersOf = ({ stacks }: Model): number[] => stacks.map(({ n_layers }) => n_layers)

/** Shares `amount` out among the inputs of two derivations of one thing. */
function walk(a: Derivation, b: Derivation, amount: number, blame: Blame, about: About): void {
  if (isTotal(a) || isTotal(b)) return walkTotal(a, b, amount, blame, about)
  if (a.inputs.length === 0 || !sameEquation(a, b)) return blame(causeOf(a, b, amount))
  const names = freeInputs(a)
  const inputs = names.map((name) => [inputOf(a, name), inputOf(b, name)] as const)
  const differing = inputs.flatMap(([x, y], place) =>
    x && y && !same(x.value, y.value) ? [place] : [],
  )
  const shares = sharesOf(a, b, names, differing)
  if (shares === null) return blame(causeOf(a, b, amount))
  differing.forEach((place, index) => {
    const [x, y] = inputs[place]!
    walk(x!, y!, amount * shares[index]!, blame, about)
  })
}

const isTotal = ({ inputs }: Derivation): boolean => inputs.some(({ times }) => times !== undefined)
const same = (x: unknown, y: unknown): boolean => JSON.stringify(x) === JSON.stringify(y) || x === y
const sameEquation = (a: Derivation, b: Derivation): boolean =>
  a.file === b.file && same(equationOf(a), equationOf(b))
/** A default that is another setting is an equation too. */
const equationOf = ({ equation, inputs, origin }: Derivation): unknown =>
  equation ?? (origin === 'default' && inputs.length === 1 ? inputs[0]!.name : undefined)

/** The names that an equation reads itself; calls of shared functions stand among the inputs only to be opened. */
function freeInputs(a: Derivation): string[] {
  const equation = equationOf(a)
  return equation === undefined
    ? []
    : distinctNames(equation as never).filter((name) => inputOf(a, name))
}
const inputOf = ({ inputs }: Derivation, wanted: string): Derivation | undefined =>
  inputs.find(({ name }) => name === wanted)

const most = 10

/** The share of each differing input, in the mean over all orders of changing them; null where that cannot be said. */
function sharesOf(
  a: Derivation,
  b: Derivation,
  names: readonly string[],
  differing: readonly number[],
): number[] | null {
  if (differing.length === 0 || differing.length > most) return null
  if (differing.length === 1) return [1]
  const equation = equationOf(a) as never
  const values = Array.from({ length: 1 << differing.length }, (_, chosen) => {
    const isChanged = (place: number): boolean =>
      differing.includes(place) && (chosen & (1 << differing.indexOf(place))) !== 0
    return Number(
      interpret(
        equation,
        Object.fromEntries(
          names.map((name, place) => [name, inputOf(isChanged(place) ? b : a, name)!.value]),
        ),
      ),
    )
  })
  const whole = values.at(-1)! - values[0]!
  if (whole === 0 || !values.every(Number.isFinite)) return null
  return shapley(values, differing.length).map((part) => part / whole)
}

/** A total is terms times layers, times the batch where it is not asked of the model. */
function walkTotal(a: Derivation, b: Derivation, amount: number, blame: Blame, about: About): void {
  const [x, y] = [read(a), read(b)]
  const whole = Number(b.value) - Number(a.value)
  const scale = ((x.batch + y.batch) / 2) * (amount / whole)
  const [sumA, sumB] = [Number(a.value) / x.batch, Number(b.value) / y.batch]
  if (x.batch !== y.batch)
    blame({
      address: 'batch',
      label: 'Sequences side by side',
      kind: 'workload',
      a: x.batch,
      b: y.batch,
      amount: (((y.batch - x.batch) * (sumA + sumB)) / 2) * (amount / whole),
    })
  for (const name of new Set([...x.terms.keys(), ...y.terms.keys()])) {
    const [left, right] = [x.terms.get(name), y.terms.get(name)]
    if (left && right) walkTerm(left, right, scale, blame, about)
    else {
      const only = (left ?? right)!
      const value = (only.times ?? 1) * Number(only.value) * (left ? -1 : 1)
      const { address, block } = blockOf(only)
      blame({
        address,
        label: `${block} in only one of them`,
        kind: 'block',
        a: left ? block : null,
        b: right ? block : null,
        amount: value * scale,
      })
    }
  }
}

function walkTerm(a: Derivation, b: Derivation, scale: number, blame: Blame, about: About): void {
  const [timesA, timesB] = [a.times ?? 1, b.times ?? 1]
  const [valueA, valueB] = [Number(a.value), Number(b.value)]
  if (a.file !== b.file)
    return blame({ ...causeOf(a, b, (timesB * valueB - timesA * valueA) * scale) })
  if (timesA !== timesB) {
    const whole = about.n_layers[0].includes(timesA) && about.n_layers[1].includes(timesB)
    const { address, block } = blockOf(a)
    blame({
      address: whole ? 'n_layers' : `${address}.layers`,
      label: whole ? 'Layers' : `Layers with ${block} at ${address}`,
      kind: 'layers',
      a: timesA,
      b: timesB,
      amount: (((timesB - timesA) * (valueA + valueB)) / 2) * scale,
    })
  }
  if (valueA !== valueB)
    walk(
      { ...a, times: 1 },
      { ...b, times: 1 },
      (((valueB - valueA) * (timesA + timesB)) / 2) * scale,
      blame,
      about,
    )
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
