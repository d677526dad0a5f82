/** Another number of layers, in the encoder, in the decoder, or in both. */
import * as z from 'zod/mini'
import { ArchcostError } from '../../architecture/errors.ts'
import type { Architecture, Stack } from '../../architecture/schema.ts'
import { count, transformOf } from './transform.ts'

export const depth = transformOf({
  name: 'depth',
  title: 'Encoder and decoder depth',
  about:
    'Changes how many layers the stacks have; rules about every n-th, the first or the last layers apply again.',
  options: z.strictObject({
    encoder: z.optional(count(0, 'layers of the encoder')),
    decoder: z.optional(count(0, 'layers of the decoder')),
  }),
  apply: (document, layers) =>
    (['encoder', 'decoder'] as const).reduce(
      (changed, role) => withDepth(changed, role, layers[role]),
      document,
    ),
})

function withDepth(
  document: Architecture,
  role: Stack['role'],
  n_layers: number | undefined,
): Architecture {
  if (n_layers === undefined) return document
  const old = document.stacks.find((stack) => stack.role === role)
  if (!old) throw new ArchcostError('unsupported', `there is no ${role}`, `depth.${role}`)
  if (
    n_layers !== old.n_layers &&
    old.layer.some(({ except = [] }) => except.some(({ layers }) => Array.isArray(layers)))
  ) {
    throw new ArchcostError(
      'unsupported',
      'some layers differ by a list that says nothing of another number of layers; pick them by first, last or every',
      `depth.${role}`,
    )
  }
  return {
    ...document,
    stacks: document.stacks.map((stack) => (stack === old ? { ...stack, n_layers } : stack)),
  }
}
