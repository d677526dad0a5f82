/** A model as the atlas lists it, published or of the visitor's own. */
import type { Cost } from '../../engine/index.ts'
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../models/letters.ts'
import { kindChoices, kindsOf, type Kinds } from './kinds.ts'
import type { Costed } from './use-costs.ts'
import type { Fits } from './use-fits.ts'
import { sift } from '../parts/sift.ts'
import type { KindName } from '../state/session.ts'

export interface Listed {
  id: string
  title: string
  /** Searched beside the title. */
  detail: string
  year: number | null
  kinds: Kinds
  cost: Cost | null
  /** Null until it is known. */
  fits: Fits | null
  /** Tokens of one sequence that it is trained for. */
  max_context: number
  /** Of the visitor's own models. */
  letter: Letter | null
}

export const publishedAs = ({ entry, model, kinds, cost }: Costed, fits: Fits | null): Listed => ({
  id: entry.name,
  title: entry.title,
  detail: `${entry.hub} ${entry.model_type}`,
  year: entry.year,
  kinds,
  cost,
  fits,
  max_context: model.architecture.max_context,
  letter: null,
})

export const ownAs = ({ letter, name, model, cost }: Evaluated, fits: Fits): Listed => ({
  id: `own-${letter}`,
  title: `${letter} ${name}`,
  detail: '',
  year: null,
  kinds: kindsOf(model),
  cost,
  fits,
  max_context: model.architecture.max_context,
  letter,
})

/** Those of a kind that all words are found in, and that fit on the machine where that is asked. */
export function narrowed(
  models: readonly Listed[],
  { kind, fitting }: { kind: KindName; fitting: boolean },
  words: string,
): Listed[] {
  const { holds } = kindChoices.find(({ name }) => name === kind)!
  const items = models
    .filter(({ kinds, fits }) => holds(kinds) && (!fitting || fits?.fits === true))
    .map((model) => ({ text: model.title, detail: model.detail, model }))
  return sift(items, words).map(({ model }) => model)
}
