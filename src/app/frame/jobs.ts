/** A job begun with the models at hand: what has to happen for it. Loaded when one is chosen. */
import { ArchcostError } from '../../engine/index.ts'
import type { Wanted } from '../../engine/ask/compare/counterparts.ts'
import { findDevice } from '../../engine/hardware.ts'
import { readCost } from '../../engine/read-cost.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { freeLetter } from '../models/slot.ts'
import type { Budget } from '../size/budget.ts'
import type { Action } from '../state/actions.ts'
import { doors } from '../state/doors.ts'
import { firstModel } from '../state/fresh.ts'
import type { Machine, Question, Session } from '../state/session.ts'
import { counterpartSlot } from './counterpart-slot.ts'

/** @param active what the model in front comes to */
export function actionsOf(question: Question, session: Session, active: Evaluated): Action[] {
  const ask: Action = { kind: 'ask', question }
  switch (question) {
    case 'size':
      return [ask, { kind: 'budget', set: budgetLike(active, session.machine) }]
    case 'compare':
      return [ask, ...(session.slots.length === 1 ? withCounterpart(session, active) : [])]
    case 'stretch':
      return [
        ask,
        { kind: 'workload', set: { context: Math.max(active.workload.context, long) } },
        { kind: 'chart', set: { name: 'memory' } },
      ]
    case 'cost':
      return [ask]
  }
}

/** A context that most models call long. */
const long = 131_072

/** As many parameters as the model has, in its own proportions; on its device where it fits there. */
const budgetLike = ({ letter, cost }: Evaluated, { device }: Machine): Partial<Budget> => ({
  of: 'params.total',
  target: cost.params.total,
  active: null,
  from: letter,
  device: (readCost(cost, 'memory.bytes') ?? 0) <= findDevice(device).visible ? device : null,
})

/** Those first that tell most of what the model is made of. */
const counterparts: readonly Wanted[] = [
  { kind: 'dense', equal: 'active' },
  { kind: 'gqa' },
  { kind: 'global' },
  { kind: 'mla' },
  { kind: 'untied' },
]

/** The first counterpart that there is, as the baseline; none where there is none. */
function withCounterpart({ slots }: Session, active: Evaluated): Action[] {
  const letter = freeLetter(slots)!
  for (const wanted of counterparts)
    try {
      return [
        { kind: 'add', slot: counterpartSlot(active, wanted, letter) },
        { kind: 'activate', letter: active.letter },
        { kind: 'baseline', letter },
      ]
    } catch (error) {
      if (!(error instanceof ArchcostError)) throw error
    }
  return []
}

const modelsIn = (href: string): string[] => {
  const query = new URLSearchParams(href)
  return ['a', 'b', 'c', 'd'].flatMap((letter) => query.get(letter) ?? [])
}
const begun = [[firstModel], ...doors.map(({ href }) => modelsIn(href))].map((names) =>
  names.join(),
)

/** Whether the models in view are still those that the page, or one of its doors, opened with. */
export const isUntouched = ({ slots }: Session): boolean =>
  slots.every(({ changes }) => Object.keys(changes).length === 0) &&
  begun.includes(slots.map(({ origin }) => origin.catalogue ?? '').join())
