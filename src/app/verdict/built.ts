/** The sentence of the page as it first opens, solved while the page is built: a first visit loads no solver. */
import type { Piece } from './sentence.ts'

let built: readonly Piece[] | null = null

export const builtSentence = (): readonly Piece[] | null => built

/** @param sentence null once something else is chosen */
export function keepBuilt(sentence: readonly Piece[] | null): void {
  built = sentence
}
