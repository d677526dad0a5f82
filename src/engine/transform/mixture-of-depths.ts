/** Mixture of depths: some layers are entered by a share of the tokens only. */
import * as z from 'zod/mini'
import { without } from './layers.ts'
import { mainStack, withStack } from './stacks.ts'
import { count, transformOf, usually } from './transform.ts'

export const mixtureOfDepths = transformOf({
  name: 'mixture-of-depths',
  title: 'Mixture of depths',
  about:
    'Puts a router before every n-th layer that lets a share of the tokens in; the others pass by. With capacity 1 the routers are taken away.',
  options: z.strictObject({
    capacity: usually(
      z
        .number()
        .check(
          z.gt(0),
          z.lte(1),
          z.describe('share of the tokens that enter a routed layer; 1 takes the routers away'),
        ),
      0.125,
    ),
    every: usually(count(1, 'one layer in so many is routed'), 2),
    offset: z.optional(
      count(0, 'the first routed layer, from 0; the last of each period where left out'),
    ),
  }),
  apply(document, { capacity, every, offset = every - 1 }) {
    const old = mainStack(document)
    const plain = without(old, 'depth_routing')
    return withStack(
      document,
      old,
      capacity === 1 ? plain : { ...plain, depth_routing: { every, offset, capacity } },
    )
  },
})
