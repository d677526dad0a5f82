/** Mixture of depths: some layers are entered by a share of the tokens only. */
import * as z from 'zod'
import { without } from './layers.ts'
import { mainStack, withStack } from './stacks.ts'
import { transformOf } from './transform.ts'

export const mixtureOfDepths = transformOf({
  name: 'mixture-of-depths',
  title: 'Mixture of depths',
  about:
    'Puts a router before every n-th layer that lets a share of the tokens in; the others pass by. With capacity 1 the routers are taken away.',
  options: z.strictObject({
    capacity: z
      .number()
      .gt(0)
      .max(1)
      .default(0.125)
      .describe('share of the tokens that enter a routed layer; 1 takes the routers away'),
    every: z.int().min(1).default(2).describe('one layer in so many is routed'),
    offset: z
      .int()
      .min(0)
      .optional()
      .describe('the first routed layer, from 0; the last of each period where left out'),
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
