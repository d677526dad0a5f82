/** A key of the session, as data: its default, its name and values in links, and whether history keeps it. */
import type { Setting } from '../../engine/vary/index.ts'
import type { Slot } from '../models/slot.ts'

type Late<List> = () => Promise<readonly List[]>

/** What a link may name beside what a key knows by itself. Lists are loaded for the links that name something of them. */
export interface Known {
  /** The models in view, at least one. */
  slots: readonly Slot[]
  /** Of these models and of the workload. */
  settings: Late<Setting>
  /** Names of quantities that can be asked for. */
  quantities: Late<string>
  /** Names of devices. */
  devices: Late<string>
  /** Names of runtimes. */
  runtimes: Late<string>
}

/** Takes the query of one version to the next. */
export type Migration = (query: URLSearchParams) => void

export type Word = string | number | boolean | null

type Values<Value> = readonly Value[] | Promise<readonly Value[]>

/** What a value is, and so how a link says it: `key-in-link.ts` reads and writes each kind. */
type Form =
  /** One of some. */
  | { kind: 'choice'; values: (known: Known) => Values<Word> }
  /** A number in a range, or only a whole one. */
  | { kind: 'amount'; min: number; max: number; whole?: true }
  /** Any text, or null. */
  | { kind: 'text' }
  /** A number of a model, whose derivation is open, or null. */
  | { kind: 'opened' }
  /** What may be chosen of the workload; undefined where nothing is. */
  | { kind: 'workload' }

export type Key<Value> = Form & {
  /** Its name in links: `?chart=sweep`. */
  name: string
  /** As the page opens; links leave it out. */
  usual: (slots: readonly Slot[]) => Value
  /** Whether another value is a step that can be undone. All else only moves the view. */
  step?: true
  /** For links of the past, by the version they start from. */
  migrations?: Readonly<Record<number, Migration>>
}

export const choice = <const Value extends Word>(
  name: string,
  usual: NoInfer<Value> | ((slots: readonly Slot[]) => NoInfer<Value>),
  values: readonly Value[] | ((known: Known) => Values<Value>),
): Key<Value> => ({
  kind: 'choice',
  name,
  usual: typeof usual === 'function' ? usual : () => usual,
  values: typeof values === 'function' ? values : () => values,
})

export const amount = <None extends number | null>(
  name: string,
  usual: None,
  range: { min: number; max: number; whole?: true },
): Key<number | None> => ({ kind: 'amount', name, usual: () => usual, ...range })
