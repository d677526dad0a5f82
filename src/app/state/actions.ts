/** What can happen on the page, and the state it leads to. Pure. */
import type { Formats, Workload } from '../../engine/index.ts'
import { pathOf } from '../../engine/vary/address.ts'
import { readAt } from '../../engine/vary/path.ts'
import { commonContext } from '../models/evaluated.ts'
import type { Budget } from '../size/budget.ts'
import { withChange, type Changes, type ChangeValue } from '../models/changes.ts'
import {
  activeSlot,
  type AtlasChoice,
  type ChartChoice,
  type Machine,
  type Opened,
  type PageName,
  type Question,
  type Session,
} from './session.ts'
import { withChanges, freeLetter, type Slot } from '../models/slot.ts'
import type { Letter } from '../models/letters.ts'

export type Action =
  | { kind: 'add'; slot: Slot }
  | { kind: 'replace'; slot: Slot }
  | { kind: 'remove'; letter: Letter }
  | { kind: 'duplicate'; letter: Letter }
  | { kind: 'activate'; letter: Letter }
  | { kind: 'baseline'; letter: Letter }
  | { kind: 'change'; letter: Letter; address: string; value: ChangeValue }
  /** Of one model, whatever is changed in all together. */
  | { kind: 'rename'; letter: Letter; name: string }
  /** Several settings of each model in one step, as they follow from one that is dragged. */
  | { kind: 'proportion'; changes: Partial<Record<Letter, Changes>> }
  | { kind: 'revert'; letter: Letter; address: string }
  /** All its settings as they were. */
  | { kind: 'restore'; letter: Letter }
  | { kind: 'workload'; set: Partial<Workload> }
  /** As each model is published, where there are none. */
  | { kind: 'weights'; formats: Formats | undefined }
  | { kind: 'show'; set: Partial<Pick<Session, 'bytes' | 'holder' | 'together'>> }
  /** Another job, with the models at hand. */
  | { kind: 'ask'; question: Question }
  | { kind: 'budget'; set: Partial<Budget> }
  | { kind: 'chart'; set: Partial<ChartChoice> }
  | { kind: 'machine'; set: Partial<Machine> }
  | { kind: 'atlas'; set: Partial<AtlasChoice> }
  | { kind: 'open'; opened: Opened | null }
  | { kind: 'go'; page: PageName; entry?: string }
  | { kind: 'load'; session: Session }

export const act = (session: Session, action: Action): Session =>
  withContextKept(session, acted(session, action))

/** The context that follows from all models is held where a model comes or goes beside one that stays: its numbers are not changed in silence. */
function withContextKept(before: Session, after: Session): Session {
  const { slots, workload } = after
  if (before.slots === slots || before.workload !== workload) return after
  if (!slots.some((slot) => before.slots.includes(slot))) return after
  const context = commonContext(before.slots, workload)
  return commonContext(slots, workload) === context
    ? after
    : { ...after, workload: { ...workload, context } }
}

function acted(session: Session, action: Action): Session {
  switch (action.kind) {
    case 'add':
      return {
        ...session,
        page: 'calculator',
        slots: [...session.slots, action.slot].toSorted(byLetter),
        active: action.slot.letter,
      }
    case 'replace':
      return {
        ...withSlot(session, action.slot.letter, () => action.slot),
        page: 'calculator',
        opened: null,
      }
    case 'remove':
      return removed(session, action.letter)
    case 'duplicate':
      return duplicated(session, action.letter)
    case 'activate':
      return { ...session, active: action.letter }
    case 'baseline':
      return { ...session, baseline: action.letter }
    case 'change':
      return {
        ...session,
        slots: session.slots.map((slot) =>
          slot.letter === action.letter || (session.together && has(slot, action.address))
            ? withChanges(slot, withChange(slot.changes, action.address, action.value))
            : slot,
        ),
      }
    case 'rename':
      return withSlot(session, action.letter, (slot) =>
        withChanges(slot, withChange(slot.changes, 'name', action.name)),
      )
    case 'proportion':
      return {
        ...session,
        slots: session.slots.map((slot) => {
          const set = Object.entries(action.changes[slot.letter] ?? {})
          const changes = set.reduce(
            (all, [address, value]) => withChange(all, address, value),
            slot.changes,
          )
          return set.length === 0 ? slot : withChanges(slot, changes)
        }),
      }
    case 'revert':
      return withSlot(session, action.letter, (slot) => {
        const { [action.address]: _, ...others } = slot.changes
        return withChanges(slot, others)
      })
    case 'restore':
      return withSlot(session, action.letter, (slot) => withChanges(slot, {}))
    case 'workload':
      return { ...session, workload: chosenOf({ ...session.workload, ...action.set }) }
    case 'weights': {
      const { weights: _, ...workload } = session.workload
      const { formats } = action
      return { ...session, workload: formats ? { ...workload, weights: formats } : workload }
    }
    case 'show':
      return { ...session, ...action.set }
    case 'ask':
      return { ...session, page: 'calculator', question: action.question, opened: null }
    case 'budget':
      return { ...session, budget: { ...session.budget, ...action.set } }
    case 'chart':
      return { ...session, chart: { ...session.chart, ...action.set } }
    case 'machine':
      return { ...session, machine: { ...session.machine, ...action.set } }
    case 'atlas':
      return { ...session, atlas: { ...session.atlas, ...action.set } }
    case 'open':
      return { ...session, opened: action.opened }
    case 'go':
      return { ...session, page: action.page, entry: action.entry ?? null }
    case 'load':
      return action.session
  }
}

/** What is set to nothing is not chosen. */
const chosenOf = (workload: Partial<Workload>): Partial<Workload> =>
  Object.fromEntries(Object.entries(workload).filter(([, value]) => value !== undefined))

const byLetter = (a: Slot, b: Slot): number => a.letter.localeCompare(b.letter)

function withSlot(session: Session, letter: Letter, change: (slot: Slot) => Slot): Session {
  const slots = session.slots.map((slot) => (slot.letter === letter ? change(slot) : slot))
  return { ...session, slots }
}

const has = ({ document }: Slot, address: string): boolean => {
  try {
    return readAt(document, pathOf(document, address)) !== undefined
  } catch {
    return false
  }
}

function removed(session: Session, letter: Letter): Session {
  const slots = session.slots.filter((slot) => slot.letter !== letter)
  const first = slots[0]
  if (first === undefined) return session
  const still = (wanted: Letter): Letter =>
    slots.some((slot) => slot.letter === wanted) ? wanted : first.letter
  return {
    ...session,
    slots,
    active: still(session.active),
    baseline: still(session.baseline),
    opened: session.opened?.letter === letter ? null : session.opened,
  }
}

function duplicated(session: Session, letter: Letter): Session {
  const free = freeLetter(session.slots)
  const original = session.slots.find((slot) => slot.letter === letter) ?? activeSlot(session)
  if (free === undefined) return session
  return acted(session, { kind: 'add', slot: { ...original, letter: free } })
}
