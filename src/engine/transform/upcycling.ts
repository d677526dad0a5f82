/** Upcycling: dense feed-forward networks become mixtures of experts, each a copy of the network or a slice of it. */
import * as z from 'zod/mini'
import { ArchcostError } from '../../architecture/errors.ts'
import type { BlockUse } from '../../architecture/schema.ts'
import { isA } from './is-a.ts'
import { mainStack, mapBlocks, placeOf, settingsOf, withStack, type Spot } from './stacks.ts'
import { count, nothingTo, transformOf, usually } from './transform.ts'

export const upcycling = transformOf({
  name: 'upcycling',
  title: 'Dense to mixture of experts',
  about:
    'Puts experts in the place of dense feed-forward networks. Split by m, each expert is an m-th as wide, and there are m times as many: expert parameters and FLOPs stay, only the router grows.',
  options: z.strictObject({
    n_experts: usually(count(1, 'experts, before they are split'), 8),
    top_k: usually(count(1, 'experts per token, before they are split'), 2),
    split: usually(count(1, 'each expert is split into so many'), 1),
    shared: usually(
      count(0, 'experts of the same width that see every token, beside the others'),
      0,
    ),
    every: usually(count(1, 'one layer in so many gets experts, the last of each period'), 1),
    first_dense: usually(count(0, 'the first layers that stay dense'), 0),
  }),
  apply(document, { n_experts, top_k, split, shared, every, first_dense }) {
    const old = mainStack(document)
    let found = false
    const stack = mapBlocks(document, old, (use, spot) => {
      if (!isA(use, 'ffn', 'gated_ffn')) return use
      found = true
      if (spot.layer < first_dense || spot.layer % every !== every - 1) return use
      const { width, ...expert } = expertOf(use, spot)
      if (width % split !== 0)
        throw new ArchcostError(
          'unsupported',
          `is ${split}, which does not divide the width ${width}`,
          'upcycling.split',
        )
      const d_ff_expert = width / split
      return {
        ...placeOf(use),
        block: 'moe',
        n_experts: n_experts * split,
        top_k: top_k * split,
        d_ff_expert,
        ...(shared > 0 && { d_ff_shared: shared * d_ff_expert }),
        ...expert,
      }
    })
    if (!found) throw nothingTo('upcycling', 'no dense feed-forward network')
    return withStack(document, old, stack)
  },
})

/** A dense network as one expert; settings that follow are written down, since they follow from other things there. */
function expertOf(use: BlockUse, { names }: Spot): { width: number } & Record<string, unknown> {
  const { d_ff, activation, ffn_bias, inner_norm } = settingsOf(use, names)
  if (inner_norm === 1)
    throw new ArchcostError(
      'unsupported',
      'experts with a norm inside are not modelled',
      'upcycling',
    )
  return {
    width: d_ff as number,
    ...(isA(use, 'ffn') && { gated: false }),
    ...(ffn_bias === 1 && { expert_bias: true }),
    activation,
  }
}
