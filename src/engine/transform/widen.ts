/** Function-preserving widening: a whole number of times the width, the inner width of the networks, the heads. */
import * as z from 'zod/mini'
import { ArchcostError } from '../../architecture/errors.ts'
import type { Architecture, BlockUse } from '../../architecture/schema.ts'
import { blocks, type Trait } from '../../formulas/index.ts'
import { isA } from './is-a.ts'
import { mapBlocks, settingsOf, type Spot } from './stacks.ts'
import { count, transformOf, usually } from './transform.ts'

const factor = (about: string) => z.optional(count(1, about))
const options = z.strictObject({
  width: usually(count(1, 'times the model width'), 2),
  d_ff: factor(
    'times the inner width of feed-forward networks and experts; as the width where left out',
  ),
  heads: factor('times the heads, of their present size; as the width where left out'),
})
interface Factors {
  width: number
  d_ff: number
  heads: number
}

/** What copies of units can widen without another result, and the settings that count these units. */
export const widened: Readonly<
  Partial<Record<Trait, Partial<Record<keyof Factors, readonly string[]>>>>
> = {
  attention: { heads: ['n_heads', 'n_kv_heads'] },
  cross_attention: { heads: ['n_heads', 'n_kv_heads'] },
  latent_attention: { heads: ['n_heads'] },
  ffn: { d_ff: ['d_ff'] },
  gated_ffn: { d_ff: ['d_ff'] },
  experts: { d_ff: ['d_ff_expert', 'd_ff_shared'] },
}
/** Sizes that would follow the width, and stay. */
const kept = ['d_head', 'd_v']
/** Widths that a block is given beside the model's; copies of the model's do not make copies of these. */
const foreign = ['d_in', 'd_source']

export const widen = transformOf({
  name: 'widen',
  title: 'Widening',
  about:
    'Repeats the model width, the inner width of feed-forward networks and the heads, so that weights copied from the narrow model, and divided where copies are summed, compute what it computes (Net2Net, HyperCloning). Each may have a factor of its own.',
  options,
  apply(document, { width, d_ff = width, heads = width }) {
    const factors = { width, d_ff, heads }
    const widths = document.stacks.map((stack) =>
      mapBlocks(document, stack, (use, spot) => widenBlock(use, spot, factors)),
    )
    return {
      ...document,
      d_model: document.d_model * width,
      stacks: widths.map((stack) =>
        stack.d_model === undefined ? stack : { ...stack, d_model: stack.d_model * width },
      ),
    } satisfies Architecture
  },
})

function widenBlock(use: BlockUse, { names }: Spot, factors: Factors): BlockUse {
  const { is } = blocks[use.block]!
  const units = is && widened[is]
  if (units === undefined) throw unsupported(`how ${use.block} is widened is not modelled`)
  const position = positionOf(use)
  const other = foreign.find((name) => use[name] !== undefined)
  if (other !== undefined && factors.width > 1)
    throw unsupported(`${use.block} reads a width of its own, ${other}`)
  if (units.heads && factors.heads > 1 && position && isA(position, 'head_slopes'))
    throw unsupported('ALiBi gives every head another slope, so heads cannot be copied')
  const settings = settingsOf(use, names)
  const said = Object.entries(units).flatMap(([unit, counts]) =>
    counts.map((name) => [name, (settings[name] as number) * factors[unit as keyof Factors]]),
  )
  const sizes = kept.flatMap((name) =>
    typeof settings[name] === 'number' ? [[name, settings[name]]] : [],
  )
  return { ...use, ...Object.fromEntries([...sizes, ...said]) }
}

/** The position encoding that attaches to a block, if one does. */
const positionOf = ({ position }: BlockUse): { block: string } | undefined =>
  typeof position === 'string'
    ? { block: position }
    : ((position ?? undefined) as BlockUse | undefined)

const unsupported = (text: string): ArchcostError => new ArchcostError('unsupported', text, 'widen')
