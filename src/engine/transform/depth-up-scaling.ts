/** Depth up-scaling: two copies of a model's layers, one without its last m, one without its first m, on top of each other. */
import * as z from 'zod/mini'
import { ArchcostError } from '../../architecture/errors.ts'
import { bodiesOf, picked, pickOf, sublayerOf } from './layers.ts'
import { hintsOf, mainStack, withStack } from './stacks.ts'
import { count, transformOf, usually } from './transform.ts'

export const depthUpScaling = transformOf({
  name: 'depth-up-scaling',
  title: 'Depth up-scaling',
  about:
    'Stacks the first n - m of n layers and the last n - m of them: 2 (n - m) layers. Embedding and head stay as they are (SOLAR 10.7B: n = 32, m = 8).',
  options: z.strictObject({
    m: usually(count(0, 'layers dropped from each copy'), 8),
    n: z.optional(count(1, 'layers of the base, from the first; all where left out')),
  }),
  apply(document, { m, n: said }) {
    const base = mainStack(document)
    const n = said ?? base.n_layers
    if (n > base.n_layers)
      throw new ArchcostError(
        'unsupported',
        `is ${n}, but the base has ${base.n_layers} layers`,
        'depth-up-scaling.n',
      )
    if (m >= n)
      throw new ArchcostError(
        'unsupported',
        `is ${m}: nothing is left of ${n} layers; drop fewer`,
        'depth-up-scaling.m',
      )
    const kept = n - m
    /** The base's layer in each place. */
    const from = Array.from({ length: 2 * kept }, (_, layer) =>
      layer < kept ? layer : layer - kept + m,
    )
    const layer = base.layer.map((sublayer) => {
      const bodies = bodiesOf(sublayer, base.n_layers)
      return sublayerOf(
        sublayer.name,
        from.map((index) => bodies[index]!),
        hintsOf(base),
      )
    })
    const stack = { ...base, n_layers: from.length, layer }
    if (base.depth_routing) {
      const { capacity, ...pick } = base.depth_routing
      const routed = picked(pick, base.n_layers)
      const moved = pickOf(
        from.flatMap((index, place) => (routed.includes(index) ? [place] : [])),
        from.length,
        [pick],
      )
      if (Array.isArray(moved) || !('every' in moved))
        throw new ArchcostError(
          'unsupported',
          'its routed layers do not come at equal distances any more; route depths after up-scaling',
          'depth-up-scaling',
        )
      stack.depth_routing = { ...moved, capacity }
    }
    return withStack(document, base, stack)
  },
})
