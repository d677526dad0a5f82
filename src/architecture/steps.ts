/** Whether a model decodes token after token, keeping what is known. */
import type { Architecture } from './schema.ts'

/** Why decode steps and the cache do not apply to a document; null where they do. */
export function whyNoSteps({
  stacks,
  cache_unknown,
}: Pick<Architecture, 'stacks' | 'cache_unknown'>): string | null {
  if (!stacks.some(({ role }) => role === 'decoder'))
    return 'does not apply to an encoder, which has no decode step and no cache'
  return cache_unknown === undefined ? null : `is not known: ${cache_unknown}`
}
