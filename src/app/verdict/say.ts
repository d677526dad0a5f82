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

interface OfModel {
  letter: Letter
  pieces: readonly Piece[]
}

export interface Said {
  compared: readonly Piece[]
  fits: readonly OfModel[]
}

export const sayAtOnce = (question: Question): Said => ({
  compared: compareSentences(question.results, question.baseline),
  fits: question.results.map((result) => sayOf(result, question)),
})

/** One model at a time: between two of them the page answers whoever uses it. Null where it is wanted no more. */
export async function say(question: Question, isWanted: () => boolean): Promise<Said | null> {
  const fits: OfModel[] = []
  for (const result of question.results) {
    await new Promise((resolve) => setTimeout(resolve))
    if (!isWanted()) return null
    fits.push(sayOf(result, question))
  }
  return { compared: compareSentences(question.results, question.baseline), fits }
}

const sayOf = (result: Evaluated, { machine, bytes }: Question): OfModel => ({
  letter: result.letter,
  pieces: fitSentence(result, machine, bytes),
})
