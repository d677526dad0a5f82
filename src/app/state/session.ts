/** The page's state: one typed record, and everything shown follows from it. */
import type { Workload } from '../../engine/index.ts'
import type { Letter } from '../models/letters.ts'
import type { Slot } from '../models/slot.ts'
import type { Budget } from '../size/budget.ts'

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

/** What a composition may be of. */
export const measureNames = ['params', 'active', 'prefill', 'decode', 'read', 'cache'] as const
export type MeasureName = (typeof measureNames)[number]

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
