/** A candidate shape: its settings, what it costs, how much of the budget it leaves, where it leaves its family. */
import type { Architecture } from '../../../architecture/schema.ts'
import { formatExact } from '../../numbers.ts'
import type { Design } from '../../vary/variation.ts'
import { answersOf } from '../family/family.ts'
import { hasTotal } from '../quantity/measures.ts'
import { memoryQuantity, type Brief } from './brief.ts'
import { settingsInBlocks } from './design-settings.ts'
import { departuresOf, layersOf } from './ratios.ts'

export interface Shape {
  n_layers: number
  d_model: number
  /** Further settings that tell it apart. */
  told: readonly { name: string; label: string; value: number }[]
  params: number
  active: number
  /** Bytes; null of an encoder, which has none. */
  cache: number | null
  /** Bytes of weights and cache. */
  memory: number
  /** FLOPs of a decode step; null of an encoder. */
  decode: number | null
  /** What is to be small. */
  cost: number
  /** Of the budget: 0.01 is one hundredth too much. */
  residual: number
  /** Of the active parameters wanted. */
  active_residual: number | null
  /** Where it leaves the ratios of its family, in words. */
  departures: readonly string[]
  architecture: Architecture
}

export const nameOf = ({ n_layers, d_model }: Shape): string =>
  `${n_layers} layers of ${formatExact(d_model)}`

const worthTelling = ['n_heads', 'n_kv_heads', 'd_ff', 'd_ff_expert', 'n_experts', 'top_k']

export function shapeOf(design: Design, brief: Brief): Shape {
  const { architecture } = design
  const { budget, target, active: wanted, minimise } = brief
  const told = settingsToTell(design)
  const n_layers = layersOf(design)
  const has_cache = hasTotal(architecture, 'cache.bytes')
  const [params, active, memory, reached, cost, cache = null, decode = null] = answersOf(design, [
    'params.total',
    'params.active',
    memoryQuantity(design),
    budget,
    minimise,
    ...(has_cache ? ['cache.bytes', 'flops.decode'] : []),
  ]) as [number, number, number, number, number, number?, number?]
  return {
    n_layers,
    d_model: architecture.d_model,
    told,
    params,
    active,
    cache,
    memory,
    decode,
    cost,
    residual: reached / target - 1,
    active_residual: wanted === null ? null : active / wanted - 1,
    departures: departuresOf(design, brief),
    architecture: { ...architecture, name: `${n_layers} layers of ${architecture.d_model}` },
  }
}

/** Of layers that differ, the first that has such a setting; beside experts no width of the few dense layers. */
function settingsToTell(design: Design): Shape['told'] {
  const all = settingsInBlocks(design)
  const has_experts = all.some(({ name }) => name === 'n_experts')
  return worthTelling.flatMap((wanted) => {
    const found =
      has_experts && wanted === 'd_ff' ? undefined : all.find((each) => each.name === wanted)
    if (typeof found?.value !== 'number') return []
    return [{ name: wanted, label: found.label, value: found.value }]
  })
}

/** The share of the budgets that it leaves. */
const leftOver = ({ residual, active_residual }: Shape): number =>
  Math.abs(residual) + Math.abs(active_residual ?? 0)

/** Those first that keep the ratios of the family; among them the cheaper, of equal ones the one that uses more of the budget. */
export const ranked = (shapes: readonly Shape[]): Shape[] =>
  shapes.toSorted(
    (a, b) =>
      Number(a.departures.length > 0) - Number(b.departures.length > 0) ||
      a.cost - b.cost ||
      leftOver(a) - leftOver(b) ||
      a.n_layers - b.n_layers,
  )

/** Of each shape, whether no other is as near to the budget and costs less, or costs as little and is nearer. */
export const unbeaten = (shapes: readonly Shape[]): Set<Shape> =>
  new Set(
    shapes.filter((shape) =>
      shapes.every(
        (other) =>
          other.cost > shape.cost ||
          leftOver(other) > leftOver(shape) ||
          (other.cost === shape.cost && leftOver(other) === leftOver(shape)),
      ),
    ),
  )
