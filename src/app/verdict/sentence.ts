import type { Letter } from '../models/letters.ts'

/** A sentence with numbers that can be pressed, and with the part that answers first. */
export interface Piece {
  text: string
  /** The answer itself. */
  strong?: true
  /** The number whose derivation it opens. */
  opens?: string
  /** The model whose number it is, where a sentence speaks of several. */
  of?: Letter
}

export const wordsOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')
