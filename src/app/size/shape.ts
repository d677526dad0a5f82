/** A candidate shape, as the page shows it. */
import { answersOf } from '../../engine/ask/family/family.ts'
import type { Architecture } from '../../engine/index.ts'
import type { Design } from '../../engine/vary/index.ts'
import { formatExact } from '../../engine/numbers.ts'
import { settingsIn } from './settings-in.ts'
import type { Wish } from './wish.ts'

export interface Shape {
  n_layers: number
  d_model: number
  /** Further settings that tell it apart, by their words. */
  told: readonly { label: string; value: number }[]
  params: number
  active: number
  cache: number
  /** Weights and cache. */
  memory: number
  decode: number
  /** What is to be small. */
  goal: number
  /** Of the target: 0.01 is one hundredth too much. */
  residual: number
  /** Of the active parameters wanted. */
  active_residual: number | null
  warnings: readonly string[]
  architecture: Architecture
}

export const nameOf = ({ n_layers, d_model }: Shape): string =>
  `${n_layers} layers of ${formatExact(d_model)}`

const asked = ['params.total', 'params.active', 'cache.bytes', 'memory.bytes', 'flops.decode']
const worthTelling = ['n_heads', 'n_kv_heads', 'n_experts', 'top_k', 'd_ff_expert']

export function shapeOf(design: Design, wish: Wish): Shape {
  const { architecture } = design
  const { of, target, active: wanted, goal, grain } = wish
  const [params, active, cache, memory, decode, reached, toBeSmall] = answersOf(design, [
    ...asked,
    of,
    goal ?? 'flops.decode',
  ])
  const all = settingsIn(design)
  const experts = all.some(({ name }) => name === 'n_experts')
  const first = [...worthTelling, ...(experts ? [] : ['d_ff'])].flatMap(
    (name) => all.find((each) => each.name === name) ?? [],
  )
  const n_layers = architecture.stacks.at(-1)!.n_layers
  return {
    n_layers,
    d_model: architecture.d_model,
    told: first.flatMap(({ label, value }) =>
      typeof value === 'number' ? [{ label, value }] : [],
    ),
    params: params!,
    active: active!,
    cache: cache!,
    memory: memory!,
    decode: decode!,
    goal: toBeSmall!,
    residual: reached! / target - 1,
    active_residual: wanted === null ? null : active! / wanted - 1,
    warnings: warningsOf(n_layers, architecture.d_model, grain),
    architecture: { ...architecture, name: `${n_layers} layers of ${architecture.d_model}` },
  }
}

/** Published models are between 32 and 192 times as wide as they are deep, nearly all of them. */
function warningsOf(n_layers: number, d_model: number, grain: number): string[] {
  const aspect = d_model / n_layers
  return [
    ...(aspect < 32 ? ['deeper than published models of its width'] : []),
    ...(aspect > 192 ? ['wider than published models of its depth'] : []),
    ...(d_model % grain === 0 ? [] : [`width does not divide by ${grain}`]),
  ]
}

/** Nearness to the budget; a shape that nobody builds stands below one that is a little farther off. */
export const off = ({ residual, active_residual, warnings }: Shape): number =>
  Math.abs(residual) + Math.abs(active_residual ?? 0) + 0.02 * warnings.length

/** Of each shape, whether no other is as near to the budget and smaller in the goal, or as small and nearer. */
export const unbeaten = (shapes: readonly Shape[]): Set<Shape> =>
  new Set(
    shapes.filter((shape) =>
      shapes.every(
        (other) =>
          other.goal > shape.goal ||
          off(other) > off(shape) ||
          (other.goal === shape.goal && off(other) === off(shape)),
      ),
    ),
  )
