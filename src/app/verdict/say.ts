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

/** One model at a time: between two of them the page answers whoever uses it. Null where it is wanted no more. */
export async function say(question: Question, isWanted: () => boolean): Promise<Said | null> {
  const { results, machine, bytes, baseline } = question
  const fits: { letter: Letter; pieces: Piece[] }[] = []
  for (const result of results) {
    await new Promise((resolve) => setTimeout(resolve))
    if (!isWanted()) return null
    fits.push({ letter: result.letter, pieces: fitSentence(result, machine, bytes) })
  }
  return { compared: compareSentences(results, baseline), fits }
}
