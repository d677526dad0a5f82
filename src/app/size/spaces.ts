/** The spaces that are looked through at one depth: around the shape that the budget solves for. */
import { attempt } from '../../architecture/errors.ts'
import { readSpace, type Space } from '../../engine/ask/search/space.ts'
import type { ArchcostError } from '../../engine/index.ts'
import { vary, type Design } from '../../engine/vary/index.ts'
import { centreOf, deepened } from './centre.ts'
import { addressOf, heldIn, hiddenOf, valueAt } from './settings-in.ts'
import { conditionsOf, type Wish } from './wish.ts'

const experts = [
  4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512,
]
const perToken = [1, 2, 4, 6, 8, 10, 12, 16]

/** @throws ArchcostError where the shape to begin from cannot have this depth */
export const spacesAt = (wish: Wish, n_layers: number): (Space | ArchcostError)[] =>
  headsOf(deepened(wish, n_layers)).map((design) =>
    attempt(() => spaceAround(centreOf(design, wish), wish)),
  )

/** Heads that hold their size follow the width; those of latent attention are a choice of their own. */
function headsOf(design: Design): Design[] {
  const heads = addressOf(design, 'n_heads')
  if (heads === undefined || addressOf(design, 'd_head') !== undefined) return [design]
  const most = valueAt(design, heads)
  return [1, 2, 4, 8].flatMap((part) =>
    most % part === 0 ? [vary(design, { [heads]: most / part })] : [],
  )
}

function spaceAround(design: Design, wish: Wish): Space {
  const { grain, active, goal, of } = wish
  const { architecture, workload } = design
  const hidden = hiddenOf(design)
  const shared = addressOf(design, 'n_kv_heads')
  const hold = heldIn(design).filter((address) => address !== ratioOf(hidden))
  return readSpace({
    architecture,
    workload,
    hold,
    vary: {
      d_model: around(
        architecture.d_model,
        active === null ? 0.2 : 0.4,
        widthStep(design, hold, grain),
        17,
      ),
      ...(hidden &&
        (active === null
          ? // Not far from the ratio of the shape it begins from.
            { [hidden]: around(valueAt(design, hidden), 0.25, grain, 128) }
          : {
              // The more there is to choose, the coarser the steps.
              [hidden]: around(valueAt(design, hidden), 0.85, grain, 32),
              [addressOf(design, 'n_experts')!]: experts,
              [addressOf(design, 'top_k')!]: perToken,
            })),
      ...(shared &&
        (goal !== 'flops.decode' || of === 'memory.bytes') && {
          [shared]: countsNear(valueAt(design, shared)),
        }),
    },
    constraints: conditionsOf(wish).map(({ text }) => text),
    minimise: goal!,
    maximise: [of, ...(active === null ? [] : ['params.active'])],
  })
}

const ratioOf = (hidden: string | undefined): string | undefined =>
  hidden?.replace(/d_ff$/, 'ffn_ratio')

/** The distance of widths: a multiple of the grain at which heads of the size that is held still come out whole. */
function widthStep(design: Design, hold: readonly string[], grain: number): number {
  const { d_model } = design.architecture
  const sizes = Array.from({ length: 64 }, (_, place) => (place + 1) * grain)
  return (
    sizes.find(
      (size) => !(attempt(() => vary(design, { d_model: d_model + size }, hold)) instanceof Error),
    ) ?? grain
  )
}

/** A value and its neighbours on both sides, as far as a share of it, in steps that grow until there are few enough. */
function around(value: number, share: number, step: number, most: number): number[] {
  const reach = Math.max(1, Math.floor((value * share) / step))
  const stride = Math.ceil((2 * reach + 1) / most) * step
  const all = Array.from({ length: 2 * reach + 1 }, (_, place) => value + (place - reach) * stride)
  return all.filter((each) => each > 0 && Math.abs(each - value) <= reach * step)
}

/** From a quarter of the heads that share keys and values to twice as many: those of powers of two divide most heads. */
function countsNear(count: number): number[] {
  const powers = Array.from({ length: 12 }, (_, power) => 2 ** power)
  return [...new Set([...powers, count, count * 2])].filter(
    (each) => each >= count / 4 && each <= count * 2,
  )
}
