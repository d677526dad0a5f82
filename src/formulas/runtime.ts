/** What generated code is made of: the types it fills in, and the few functions that Math lacks. */
import type { Names, Pass, Piece, Shares, Sums, TowerRole, Trait } from './generated/contract.ts'
import type { Expression } from './expression.ts'
import type {
  Mark,
  Matrix,
  Runtime,
  Setting,
  SharedFunction,
  Source,
  WorkloadKey,
} from './mechanism.ts'

export type { Matrix, Names, Pass, Piece, Shares, Sums, TowerRole, Trait }

/** Remainder with the sign of the divisor, so that mod(-1, n) is n - 1. */
export const mod = (a: number, b: number): number => a - b * Math.floor(a / b)

export function sum(from: number, to: number, term: (index: number) => number): number {
  let total = 0
  for (let index = from; index <= to; index++) total += term(index)
  return total
}

/** A setting's value as expressions read it: flags are 1 and 0, none is infinity or 0. */
export type Value = number | string | readonly number[]
/** Settings that a document gives. */
export type Given = Readonly<Record<string, Value | undefined>>
/** All settings of a block, with the names of its architecture. */
export type Settings = Readonly<Record<string, Value>>

export type SettingMeta = Omit<Setting, 'default' | 'from'> & {
  /** Its default, where that is worked out from other settings or names. */
  follows?: Expression
}

/**
 * A format by name, or bytes of a weight, for each role. `default` is for the roles that are not named. `unquantised` is
 * for biases, scales, filters and other values that quantisers leave as they are whatever their role; default where it is
 * not named.
 */
export type Formats = Readonly<Record<string, string | number>>

/** What a model says to its workload. */
export interface Known {
  max_context: number
  max_source: number | undefined
  /** Bytes of an element of its recurrent states. */
  states: number | undefined
  encoder: boolean
  decoder: boolean
  vision: boolean
  audio: boolean
  weights: Formats
}

/** Refuses a part of a workload: its key, what is given, what is expected. */
export type Refuse = (key: string, value: unknown, expected: string) => never

/** A part of the workload; its default where that follows from nothing that a document must say. */
export type WorkloadKeyMeta = Omit<WorkloadKey, 'default' | 'max'> & {
  default?: number | string
  max?: number
  /** The other keys that its default or its limit reads. */
  reads: readonly string[]
}

/** Numbers, and lists of them, by name. */
export type Told = Readonly<Record<string, number | readonly number[]>>

/** A block's compiled formulas. The methods add `times` the block's answers to the slots of the contract. */
export interface BlockFormulas {
  name: string
  /** By this, and never by the name, shared code tells blocks apart. */
  is?: Trait
  title: string
  folder: string
  settings: readonly SettingMeta[]
  /** Settings left out take their defaults; those without one must be given. */
  resolve(given: Given, names: Names): Settings
  /** What a check says that fails, or null. */
  check(settings: Settings): string | null
  /** Parameters. */
  addModel(settings: Settings, times: number, to: Sums): void
  /** FLOPs and activations of a pass over one sequence. */
  addPass(settings: Settings, pass: Pass, times: number, to: Sums): void
  /** What is held after a step, and what it reads. */
  addStep(settings: Settings, pass: Pass, times: number, to: Sums): void
  /** Shapes of what it stores, where its file says them. */
  matrices?(settings: Settings): readonly Matrix<number, keyof Shares>[]
  /** How many positions it makes, where these are others than it is given. */
  positions?(settings: Settings, pass: Pass): number
  /** What its trait tells the engine, by name: of an intake, the pieces of an image. */
  tell?(settings: Settings, pass: Pass): Told
}

/** What a rank of a deployment holds of a block, and does. The methods add `times` the rank's share to `rankSlot`. */
export interface RankFormulas {
  /** How many there are of what its parts are cut by, each as its file says it. */
  cuts: readonly { word: CutWord; count(settings: Settings): number; text: string }[]
  /** Parameters, by what decides their format, and the table that a tied head uses again. */
  addWeights(settings: Settings, shares: Shares, times: number, to: Sums): void
  /** FLOPs and activations of a pass over one sequence. */
  addWork(settings: Settings, pass: Pass, shares: Shares, times: number, to: Sums): void
  /** What is held after a step. */
  addCache(settings: Settings, pass: Pass, shares: Shares, times: number, to: Sums): void
}

/** What parts are cut by, and the width of an expert. */
export type CutWord = Exclude<keyof Shares, 'none'> | 'expert_width'

export type SharedFunctionMeta = Omit<SharedFunction, 'examples'>

/** An equation as explanations show it. */
export interface DefinitionMeta {
  name: string
  label: string
  symbol?: string
  unit: string
  why?: string
  source?: string
  over?: { index: string; count: Expression }
  expression: Expression
  mark?: Mark
  error?: number
  /** The quantity whose sum this is a part of, and the class by which that is split. */
  part_of?: string
  class?: Expression
}

/** What is needed to open a block's numbers: its equations, and all their values. */
export interface BlockExplanation {
  name: string
  title: string
  about: string
  file: string
  terms: readonly string[]
  sources: Readonly<Record<string, Source>>
  definitions: readonly DefinitionMeta[]
  /** Defaults as expressions, by setting. */
  defaults: Readonly<Record<string, Expression | readonly number[]>>
  /** The value of every definition, parts as `params.query`. */
  values(settings: Settings, pass: Pass): Record<string, number | number[]>
}

/** Settings and quantities outside a model. */
interface ComputedFormulas extends BlockExplanation {
  settings: readonly SettingMeta[]
  /** What settings are in a model, by setting: the first expression whose names the model knows. */
  from: Readonly<Record<string, readonly Expression[]>>
  resolve(given: Given, names: Names): Settings
  check(settings: Settings): string | null
}

/** A worksheet around a model. */
export interface ScenarioFormulas extends ComputedFormulas {
  /** What is asked for and not computed, with the reason. */
  refuses: Readonly<Record<string, string>>
  /** Settings that its checks read. */
  checked: readonly string[]
}

/** What a runtime takes on a rank, and holds of a cache. */
export interface RuntimeFormulas extends ComputedFormulas, Runtime {}
