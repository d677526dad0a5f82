/** The page's state: one typed record, and everything shown follows from it. */
import type { Architecture } from '../../architecture/schema.ts'
import type { Model, Workload } from '../../engine/index.ts'
import type { Budget } from '../size/budget.ts'
import type { Changes } from '../models/changes.ts'
import type { Origin } from '../models/origin.ts'

export const letters = ['A', 'B', 'C', 'D'] as const
export type Letter = (typeof letters)[number]

/** What went wrong, in the engine's words, and the change that it is about. */
export interface Problem {
  message: string
  path: string | null
}

/** One of the models being looked at. */
export interface Slot {
  letter: Letter
  origin: Origin
  /** As published or imported, before any change made here. */
  document: Architecture
  changes: Changes
  /** Of the last changes that made a sound architecture; the results shown are its. */
  model: Model
  /** Why the present changes make none. */
  problem: Problem | null
}

export const pages = ['calculator', 'models', 'dictionary', 'ledger', 'reading'] as const
export type PageName = (typeof pages)[number]

/** The job someone came for; decides the title and the chart in front. */
export const questions = ['cost', 'size', 'compare', 'stretch'] as const
export type Question = (typeof questions)[number]

/** Whose figure of the cache is shown. */
export const holders = ['architecture', 'transformers', 'unified_pages', 'expanded_latent'] as const
export type Holder = (typeof holders)[number]

export const charts = [
  'composition', 'sweep', 'memory', 'flops', 'traffic', 'speed', 'depth', 'experts', 'rotary', 'difference',
] as const // prettier-ignore
export type ChartName = (typeof charts)[number]

export interface ChartChoice {
  name: ChartName
  /** What the composition is of, or the quantity swept. */
  quantity: string
  /** The setting swept: an address, or `context`, or `batch`. */
  against: string
}

/** A number whose derivation is open: of which model, and the path of steps zoomed into. */
export interface Opened {
  letter: Letter
  quantity: string
}

export interface Session {
  page: PageName
  /** The entry of the dictionary that is open, if any. */
  entry: string | null
  question: Question
  slots: Slot[]
  active: Letter
  baseline: Letter
  /** A setting that is changed is changed in every model that has it. */
  together: boolean
  /** What was chosen; what is left out follows from the models. */
  workload: Partial<Workload>
  bytes: 'GB' | 'GiB'
  holder: Holder
  chart: ChartChoice
  opened: Opened | null
  /** Of who sizes a model. */
  budget: Budget
}

export const activeSlot = (session: Session): Slot =>
  session.slots.find((slot) => slot.letter === session.active) ?? session.slots[0]!

export const freeLetter = (slots: readonly Slot[]): Letter | undefined =>
  letters.find((letter) => slots.every((slot) => slot.letter !== letter))
