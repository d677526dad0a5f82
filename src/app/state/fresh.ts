/** The page as it opens. */
import { usualBudget } from '../size/budget.ts'
import type { Session } from './session.ts'
import type { Slot } from '../models/slot.ts'

/** The model shown to who comes for the first time. */
export const firstModel = 'llama-3.1-8b'

/** @param slots at least one */
export function freshSession(slots: readonly Slot[]): Session {
  const { letter } = slots[0]!
  return {
    page: 'calculator',
    entry: null,
    question: 'cost',
    slots: [...slots],
    active: letter,
    baseline: letter,
    together: false,
    workload: {},
    bytes: 'GB',
    holder: 'architecture',
    chart: { name: 'composition', quantity: 'params', against: 'context' },
    opened: null,
    budget: usualBudget,
  }
}
