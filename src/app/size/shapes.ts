/** Candidate shapes for a budget: for each depth the width that meets it, and the experts that do. Runs in a worker. */
import { solve, type Target } from '../../engine/ask/solve.ts'
import { solveTogether } from '../../engine/ask/solve-several.ts'
import {
  evaluate,
  prepare,
  type Architecture,
  type Model,
  type Workload,
} from '../../engine/index.ts'
import { settingsOf, vary, type Design } from '../../engine/vary/index.ts'

export interface Wish {
  architecture: Architecture
  workload: Partial<Workload>
  target: Target
  active: number | null
  grain: number
}

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
  /** Of the target: 0.01 is one hundredth too much. */
  residual: number
  /** Of the active parameters wanted. */
  active_residual: number | null
  warnings: readonly string[]
  architecture: Architecture
}

export interface Step {
  done: number
  of: number
  shape: Shape | null
}

const depths = [8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 72, 80, 96, 112, 128]

/** One step for each depth; a depth at which nothing meets the budget has no shape. */
export function* shapes(wish: Wish): Generator<Step, void> {
  for (const [place, n_layers] of depths.entries()) {
    yield { done: place + 1, of: depths.length, shape: attempt(wish, n_layers) }
  }
}

function attempt(wish: Wish, n_layers: number): Shape | null {
  try {
    const { architecture, workload } = wish
    const design = solved(vary({ architecture, workload }, { n_layers }), wish)
    const shape = told(prepare(design.architecture), wish)
    return Math.abs(shape.residual) < 0.25 ? shape : null
  } catch {
    // Refused by the shape it begins from: a pattern that this depth does not fit, or heads that do not divide.
    return null
  }
}

/** Width for the budget with head size and ratios kept, then the hidden width for what is left over. */
function solved(design: Design, { target, active, grain }: Wish): Design {
  const held = heldIn(design)
  const experts = addressOf(design, 'n_experts')
  const options = { held, multiple_of: grain }
  if (active !== null && experts !== undefined)
    return solveTogether(
      design,
      [
        { setting: 'd_model', target: { quantity: 'params.active', value: active } },
        { setting: experts, target },
      ],
      { held },
    ).design
  const wide = solve(design, 'd_model', target, options).design
  const hidden = addressOf(wide, 'd_ff_expert') ?? addressOf(wide, 'd_ff')
  if (hidden === undefined) return wide
  const near = Number(settingsIn(wide).find(({ address }) => address === hidden)?.value ?? 0)
  // Near where its ratio put it: the width carries the budget, this only evens it out.
  return solve(wide, hidden, target, { multiple_of: grain, from: near * 0.75, to: near * 1.25 })
    .design
}

/** Sizes of pieces and ratios that the design states. */
const heldIn = ({ architecture }: Design): string[] =>
  ['d_head', 'ffn_ratio'].filter((name) =>
    settingsOf(architecture).some(({ address }) => address.endsWith(`.${name}`)),
  )

const addressOf = (design: Design, name: string): string | undefined =>
  settingsOf(design.architecture).find(
    ({ address, place }) =>
      address.endsWith(`.${name}`) && place.of === 'block' && !address.includes('except'),
  )?.address

interface Placed {
  address: string
  label: string
  name: string
  value: unknown
}

function settingsIn({ architecture }: Design): Placed[] {
  return prepare(architecture).stacks.flatMap(({ groups }) =>
    groups.flatMap(({ blocks }) =>
      blocks.flatMap(({ address, formulas, settings }) =>
        formulas.settings.map(({ name, label }) => ({
          address: `${address}.${name}`,
          name,
          label,
          value: settings[name],
        })),
      ),
    ),
  )
}

const worthTelling = ['n_heads', 'n_kv_heads', 'd_ff', 'n_experts', 'top_k', 'd_ff_expert']

function told(model: Model, { workload, target, active, grain }: Wish): Shape {
  const cost = evaluate(model, workload)
  const { architecture } = model
  const weights = cost.params.total * (workload.bytes_per_weight ?? 2)
  const cache = cost.cache?.bytes ?? 0
  const reached = target.quantity === 'params.total' ? cost.params.total : weights + cache
  const all = settingsIn({ architecture, workload })
  const first = worthTelling.flatMap((name) => all.find((each) => each.name === name) ?? [])
  const n_layers = architecture.stacks.at(-1)!.n_layers
  return {
    n_layers,
    d_model: architecture.d_model,
    told: first.flatMap(({ label, value }) =>
      typeof value === 'number' ? [{ label, value }] : [],
    ),
    params: cost.params.total,
    active: cost.params.active,
    cache,
    memory: weights + cache,
    decode: cost.flops.decode ?? 0,
    residual: reached / target.value - 1,
    active_residual: active === null ? null : cost.params.active / active - 1,
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
