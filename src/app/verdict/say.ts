/** The whole verdict: what each model wins and pays where there are several, and whether each fits. */
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../models/letters.ts'
import type { Manner } from '../results/show.ts'
import type { Machine } from '../state/session.ts'
import { compareSentences } from './compares.ts'
import { fitSentence } from './fits.ts'
import type { Piece } from './sentence.ts'

export interface Question {
  results: readonly Evaluated[]
  machine: Machine
  bytes: Manner['bytes']
  baseline: Letter
}

export interface Said {
  compared: readonly Piece[]
  fits: readonly { letter: Letter; pieces: readonly Piece[] }[]
}

export const say = ({ results, machine, bytes, baseline }: Question): Said => ({
  compared: compareSentences(results, baseline),
  fits: results.map((result) => ({
    letter: result.letter,
    pieces: fitSentence(result, machine, bytes),
  })),
})
