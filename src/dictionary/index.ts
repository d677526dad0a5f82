/** The dictionary: a list of terms, entries, and their worked examples as the engine computes them now. */
import { didYouMean } from '../formulas/index.ts'
import { ArchcostError } from '../engine/index.ts'
import type { ComputedExample } from './compute.ts'
import type { Entry } from './entry.ts'
import { list } from './generated/list.ts'
import type { ComputedPicture } from './picture.ts'

export { list }
export { topics, type Topic } from './topics.ts'
export type { Entry, Listed, Source, Verdict } from './entry.ts'
export type { ComputedPicture } from './picture.ts'
export type { ComputedExample, ComputedFigure } from './compute.ts'
export type { ExampleModel } from './models.ts'

/** A mechanism that serves a term: a block or a scenario whose formula file names it. */
export interface Mechanism {
  kind: 'block' | 'scenario'
  name: string
  title: string
  file: string
}

/** @throws ArchcostError where there is no such term */
export async function loadEntry(term: string): Promise<Entry> {
  const { texts } = await import('./generated/entries.ts')
  const text = Object.hasOwn(texts, term) ? texts[term] : undefined
  if (text === undefined) {
    const terms = list.map((each) => each.term)
    const titled = list.find(({ title }) => wordsOf(title).includes(term.toLowerCase()))
    const like = titled ? `; did you mean ${titled.term}?` : didYouMean(term, terms)
    throw new ArchcostError(
      'unsupported',
      `there is no entry ${term}${like || '; archcost dictionary lists the terms'}`,
    )
  }
  return JSON.parse(text) as Entry
}

/** As titles have them, abbreviations among them. */
const wordsOf = (title: string): string[] => title.toLowerCase().split(/[^a-z0-9]+/)

/** The formula files that say they serve the term. */
export async function mechanismsOf(term: string): Promise<Mechanism[]> {
  const { explanations, scenarios } = await import('../formulas/explanations.ts')
  const groups = { block: explanations, scenario: scenarios } as const
  return (['block', 'scenario'] as const).flatMap((kind) =>
    Object.values(groups[kind])
      .filter(({ terms }) => terms.includes(term))
      .map(({ name, title, file }) => ({ kind, name, title, file })),
  )
}

/** Every example of an entry with its live numbers; loads the engine's explanations and the catalogue. */
export async function computeEntry(entry: Entry): Promise<ComputedExample[]> {
  const { computeExamples } = await import('./compute.ts')
  return computeExamples(entry)
}

/** What the picture of an entry shows. @param examples of the entry, computed */
export async function pictureOf(
  entry: Entry,
  examples: readonly ComputedExample[],
): Promise<ComputedPicture> {
  const { computePicture } = await import('./picture.ts')
  return computePicture(entry, examples)
}
