/** The totals of a model by name, and what scenarios predict of them. The totals themselves stand in formulas/totals.yaml. */
import type { Architecture } from '../../architecture/schema.ts'
import { whyNoSteps } from '../../architecture/steps.ts'
import { whyNoWhole } from '../../architecture/whole.ts'
import { totals, type Occasion, type Summed, type Total } from '../../formulas/index.ts'

export { totals, type Occasion, type Total }

/** A sum over blocks, with the words a derivation begins with. */
export type Sum = Summed &
  Pick<Total, 'name' | 'label' | 'unit' | 'why'> &
  Partial<Pick<Total, 'mark'>>

/** What a scenario predicts of a total, under something that no model says. */
export interface Prediction {
  name: string
  label: string
  unit: string
  scenario: string
  quantity: string
  /** What must be said, and the scenario's name for it. */
  asks: { key: string; setting: string; example: string }
  /** The total it is predicted from, and the scenario's name for that. */
  of: { total: string; setting: string }
}

export const predictions: readonly Prediction[] = [
  {
    name: 'loss',
    label: 'Loss, predicted by a scaling law',
    unit: 'nat',
    scenario: 'scaling-law',
    quantity: 'loss',
    asks: { key: 'tokens', setting: 'training_tokens', example: '15T' },
    of: { total: 'params.active', setting: 'parameters' },
  },
]

/** The names of all quantities that can be asked for. */
export const quantities: readonly { name: string; label: string; unit: string }[] = [
  ...totals,
  ...predictions,
]

const byName = new Map(totals.map((each) => [each.name, each]))

/** What a group of the cost means when it is named alone. */
export const shortly: Readonly<Record<string, string>> = {
  params: 'params.total',
  cache: 'cache.bytes',
}

export const totalNamed = (name: string): Total | undefined =>
  byName.get(Object.hasOwn(shortly, name) ? shortly[name]! : name)

/** What says which totals apply. */
type Says = Pick<Architecture, 'stacks' | 'cache_unknown' | 'towers' | 'unmodelled_towers'>

/** Why a total does not apply to a document; null where it does. Without decode steps there is no cache either. */
export function whyNot(total: Total, document: Says): string | null {
  if ('calls' in total)
    return (
      total.of
        .flatMap((name) => totalNamed(name) ?? [])
        .map((each) => whyNot(each, document))
        .find((why) => why !== null) ?? null
    )
  if (total.occasion === 'decode') return whyNoSteps(document)
  return total.over !== undefined && total.occasion === 'model' ? whyNoWhole(document) : null
}

export const applies = (total: Total, document: Says): boolean => whyNot(total, document) === null
