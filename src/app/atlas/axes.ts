/** What axes and columns can be of: every total, and the cache that one token takes. */
import { quantities } from '../../engine/explain/totals.ts'
import type { Cost } from '../../engine/index.ts'
import { quantityOf } from '../results/quantities.ts'
import type { Counted } from '../results/show.ts'

export interface Axis {
  id: string
  label: string
  counted: Counted
  /** @param tokens of all sequences together */
  of: (cost: Cost, tokens: number) => number | null
}

const perToken: Axis = {
  id: 'cache.per_token',
  label: 'KV cache per token',
  counted: 'byte',
  of: ({ cache }, tokens) => cache && cache.bytes / tokens,
}

export const axes: readonly Axis[] = [
  perToken,
  ...quantities.flatMap(({ name, label }): Axis[] => {
    const quantity = quantityOf(name)
    return quantity ? [{ id: name, label, counted: quantity.counted, of: quantity.of }] : []
  }),
]

/** A quantity that no map is drawn of, as a prediction, gives way to the cache per token. */
export const axisOf = (id: string): Axis => axes.find((axis) => axis.id === id) ?? perToken
