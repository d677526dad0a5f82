/** Sliding windows on and off: how far back attention sees. */
import * as z from 'zod/mini'
import type { BlockUse } from '../../architecture/schema.ts'
import { blocks } from '../../formulas/index.ts'
import { without } from './layers.ts'
import { mainStack, mapBlocks, withStack } from './stacks.ts'
import { count, nothingTo, transformOf, usually } from './transform.ts'

/** Settings that limit what a token sees. */
const limits = ['window', 'chunk', 'reach'] as const

export const window = transformOf({
  name: 'window',
  title: 'Sliding window',
  about:
    'Gives attention a window, in all layers or in all but every n-th; without a size, takes windows and chunks away. In an encoder the size is the reach to each side.',
  options: z.strictObject({
    size: usually(
      z
        .nullable(z.int().check(z.minimum(1)))
        .check(z.describe('tokens a token sees, itself included; none for all')),
      null,
    ),
    global_every: z.optional(count(1, 'one layer in so many sees everything')),
    global_offset: z.optional(
      count(0, 'the first of these, from 0; the last of each period where left out'),
    ),
  }),
  apply(document, { size, global_every, global_offset = (global_every ?? 1) - 1 }) {
    const old = mainStack(document)
    const limit = old.role === 'encoder' ? 'reach' : 'window'
    let found = false
    const stack = mapBlocks(document, old, (use, { layer }) => {
      if (!hasLimit(use)) return use
      found = true
      const rest = without(use, ...limits)
      const is_global = global_every !== undefined && layer % global_every === global_offset
      return size === null || is_global ? rest : { ...rest, [limit]: size }
    })
    if (!found) throw nothingTo('window', 'no attention that can have a window')
    return withStack(document, old, stack)
  },
})

const hasLimit = ({ block }: BlockUse): boolean =>
  limits.every((limit) => blocks[block]?.settings.some(({ name }) => name === limit))
