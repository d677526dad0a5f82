/** Whose cache is shown: the architecture's, or what a runtime allocates. */
import type { Holder } from '../state/session.ts'

export const holderWords: Record<Holder, { title: string; about: string }> = {
  architecture: { title: 'Architecture', about: 'What must be held, whatever runs it.' },
  transformers: { title: 'transformers', about: 'What the transformers library allocates.' },
  unified_pages: {
    title: 'Unified pages',
    about: 'A paged runtime that gives every attention layer the whole length.',
  },
  expanded_latent: {
    title: 'Expanded latents',
    about: 'Keys and values rebuilt from latents and kept.',
  },
}

export const cacheAddress = (holder: Holder): string =>
  holder === 'architecture' ? 'cache.bytes' : `cache.by_runtime.${holder}`
