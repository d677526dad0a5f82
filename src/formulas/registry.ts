/**
 * The blocks that documents may hold by now. Checking a document from outside makes all of them known; the page, which
 * starts with a checked one, learns the rest a moment later.
 */
import type { BlockFormulas } from './runtime.ts'

export const knownBlocks: Record<string, BlockFormulas> = {}

export function know(blocks: Readonly<Record<string, BlockFormulas>>): void {
  Object.assign(knownBlocks, blocks)
}
