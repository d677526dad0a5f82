/** Kinds of layers -> a rule for most of them and exceptions for the others, by the shortest description. */
import type { BlockUse, LayerPick, Norm } from '../architecture/schema.ts'
import { picks } from '../architecture/layers.ts'

/** What a sublayer holds: a block or several, and the norms that belong to it. */
export interface Body {
  block?: string | null | undefined
  blocks?: BlockUse[] | undefined
  before?: Norm | undefined
  after?: Norm | undefined
  [setting: string]: unknown
}
/** A body that is the rule, with the layers that differ. */
export interface Layered extends Body {
  except?: (Body & { layers: LayerPick })[]
}

/** Settings whose absence can be said in an exception. */
const nullable = new Set(['window', 'window_side', 'chunk', 'position'])

/**
 * Which layers are true, as few picks as possible; none where no layer is.
 * `hint` is how the family says it: it is kept where it is true, so that the number of layers can change.
 */
export function layersWhere(flags: readonly boolean[], hint?: LayerPick): LayerPick[] {
  const n = flags.length
  const fits = (...some: LayerPick[]): boolean =>
    flags.every((flag, layer) => flag === some.some((pick) => picks(pick, layer, n)))
  if (hint !== undefined && fits(hint)) return [hint]
  const hits = flags.flatMap((flag, layer) => (flag ? [layer] : []))
  if (hits.length === 0) return []
  const first = flags.indexOf(false)
  const heads: LayerPick[] = flags[0] ? [{ first: first < 0 ? n : first }] : []
  const tails: LayerPick[] = flags[n - 1] ? [{ last: n - 1 - flags.lastIndexOf(false) }] : []
  const periods: LayerPick[] = hint === undefined ? repeated(hits, n) : [hint, ...repeated(hits, n)]
  const ends = [...heads, ...tails]
  const single = [...ends, ...periods].find((pick) => fits(pick))
  if (single) return [single]
  for (const end of ends) {
    const period = periods.find((pick) => fits(end, pick))
    if (period) return [end, period]
  }
  return [hits]
}

/** Periods that at least two hits follow, the shortest first. */
function repeated(hits: readonly number[], n_layers: number): LayerPick[] {
  const steps = new Set(hits.slice(1).map((hit, index) => hit - hits[index]!))
  return [...steps]
    .toSorted((a, b) => a - b)
    .flatMap((every) =>
      hits
        .filter((hit) => hit < every && hit + every < n_layers)
        .map((offset) => ({ every, offset })),
    )
}

/**
 * One body per kind of layer -> the commonest as the rule (the first of equals), the others as exceptions.
 * @param kinds the kind of each layer
 * @param hints how the family describes where a kind stands
 */
export function byKind<Kind extends string>(
  kinds: readonly Kind[],
  bodyOf: (kind: Kind) => Body,
  hints: Partial<Record<Kind, LayerPick>> = {},
): Layered {
  const counts = new Map<Kind, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  // A kind that a hint tells of may have no layer yet.
  for (const kind of Object.keys(hints) as Kind[]) if (!counts.has(kind)) counts.set(kind, 0)
  const [rule, ...others] = [...counts].toSorted(([, a], [, b]) => b - a).map(([kind]) => kind)
  const body = bodyOf(rule!)
  const except = others.flatMap((kind) => {
    const difference = differing(body, bodyOf(kind))
    if (difference === null) return []
    return layersWhere(
      kinds.map((each) => each === kind),
      hints[kind],
    ).map((layers) => ({ layers, ...difference }))
  })
  return except.length === 0 ? body : { ...body, except }
}

/** Two kinds of layers. */
export const denseOrSparse = (
  n_layers: number,
  is_sparse: (layer: number) => boolean,
): ('dense' | 'sparse')[] =>
  Array.from({ length: n_layers }, (_, layer) => (is_sparse(layer) ? 'sparse' : 'dense'))

/** What an exception has to say to turn `rule` into `other`; null where they are equal. */
function differing(rule: Body, other: Body): Body | null {
  const keys = new Set([...Object.keys(rule), ...Object.keys(other)])
  const changed = [...keys].filter(
    (key) => JSON.stringify(rule[key]) !== JSON.stringify(other[key]),
  )
  if (changed.length === 0) return null
  const sayable = changed.every(
    (key) => key !== 'block' && (other[key] !== undefined || nullable.has(key)),
  )
  return sayable ? Object.fromEntries(changed.map((key) => [key, other[key] ?? null])) : other
}
