/**
 * The blocks that documents may hold by now. Checking a document from outside makes all of them known; the page, which
 * starts with a checked one, learns the rest a moment later.
 */
import type { Mixture } from './mixtures.ts'
import type { BlockFormulas } from './runtime.ts'

export const knownBlocks: Record<string, BlockFormulas> = {}

export function know(blocks: Readonly<Record<string, BlockFormulas>>): void {
  Object.assign(knownBlocks, blocks)
}

/** Mixtures of formats, by name, learnt as blocks are. */
export const knownMixtures = new Map<string, Mixture>()

export function knowMixtures(mixtures: readonly Mixture[]): void {
  for (const mixture of mixtures) knownMixtures.set(mixture.name, mixture)
}
