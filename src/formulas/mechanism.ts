/** Checked formulas: what the compiler makes of the files, and what is written out from it. */
import type { Expression } from './expression.ts'

export interface Source {
  title: string
  url: string
  section?: string
}

export interface Setting {
  name: string
  label: string
  symbol?: string
  type: 'count' | 'tokens' | 'number' | 'flag' | 'choice' | 'list' | 'block'
  /** Texts of a choice. */
  of?: readonly string[]
  /** Folder of the blocks that may attach. */
  kind?: string
  /** Absent: must be given. */
  default?: Expression | readonly number[]
  /** The default as it stands in the file. */
  default_text?: string
  /** Of a scenario: what a model says it is, the first expression whose names the model knows. */
  from?: readonly Expression[]
  /** What null means. */
  none?: 'infinity' | '0'
  min?: number
  max?: number
  config_keys: readonly string[]
  about?: string
}

/** One equation: a quantity, or a part of one (`params.query`). */
export interface Definition {
  name: string
  label: string
  symbol?: string
  /** `byte`, `FLOP`, or what plain numbers count. */
  unit: string
  /** The unit is a label on a plain number. */
  counted?: true
  why?: string
  source?: string
  /** A list with a value for each index below `count`. */
  over?: { index: string; count: Expression }
  expression: Expression
  /** What kind of claim it is, where it is not exact, and its relative error where that was measured. */
  mark?: Mark
  error?: number
  /** The quantity whose sum this is a part of. */
  part_of?: string
  /** Of a part: its class, or an expression that chooses one by settings. */
  class?: Expression
  /** What it is cut by over the ranks of a deployment, or an expression that chooses. */
  cut?: Expression
  /** Of a part of the cache: what it holds, by which formats go. */
  holds?: string
  /** Of a part split by role: a bias, a scale, a filter; quantisers leave it as it is. */
  unquantised?: true
}

export interface Check {
  must: Expression
  else: string
}

/** A matrix that a block stores so many times, a row of so many inputs for each output. */
export interface Matrix<Count = Expression, Cut extends string = string> {
  /** What it is to those who choose formats: `value`, `down`. */
  is: string
  role: string
  inputs: Count
  outputs: Count
  copies: Count
  /** What it is cut by over ranks. */
  cut: Cut
  /** The tensor that serving runtimes keep it in, with others of its role that have the same. */
  joined: string
}

export interface Example {
  of: string
  given: Record<string, number | string | readonly number[]>
  expect: Record<string, number | readonly number[]>
  within?: number
}

export interface Mechanism {
  kind: 'block' | 'scenario' | 'runtime'
  name: string
  /** Of a block: the trait of the contract by which shared code knows it. */
  is?: string
  file: string
  folder: string
  title: string
  about: string
  terms: readonly string[]
  sources: Record<string, Source>
  settings: readonly Setting[]
  checks: readonly Check[]
  /** Of blocks: how many there are of what parts are cut by. */
  cuts: Readonly<Record<string, Expression>>
  /** Of blocks that say the shapes of what they store. */
  matrices: readonly Matrix[]
  /** Of scenarios: names of quantities and settings that are asked for and not computed, each with the reason. */
  refuses: Readonly<Record<string, string>>
  /** In an order in which each needs only those before it. */
  definitions: readonly Definition[]
  examples: readonly Example[]
}

/** What a runtime's file says beside its equations. */
export interface Runtime {
  /** The version of the code that its equations were read in. */
  version: string
  /** Questions of the contract whose answer it takes in the place of its own: `cache`. */
  answers: Readonly<Record<string, string>>
  /** The formats it keeps caches in where nothing else is said, by what is held. */
  formats: Readonly<Record<string, string>>
  /**
   * Formats of what a model keeps that holds something, or has a block of a trait, with scales beside it; where a format is
   * asked for, in that alone.
   */
  entries: readonly {
    holding?: string | undefined
    is?: string | undefined
    asked?: string | undefined
    formats: Readonly<Record<string, string>>
  }[]
  /** Caches are kept in pages of blocks that all layers share. */
  pages?: 'shared'
  /** States have a pool of their own, of which sequences take copies. */
  pools?: 'states'
  /** Towers are cut over the ranks of tensor parallelism as the language model is. */
  towers?: 'cut'
}

export interface SharedFunction {
  name: string
  file: string
  title: string
  about: string
  parameters: readonly string[]
  expression: Expression
  why?: string
  sources: Record<string, Source>
  examples: readonly {
    of: string
    given: Record<string, string | number>
    expect: number
    within?: number
  }[]
}

export interface ContractName {
  name: string
  label: string
  symbol?: string
  unit: string
  choice?: readonly string[]
  of: 'architecture' | 'pass' | 'piece'
}

/** A value of a choice, or one of the few that a number has. */
export interface Choice {
  value: string
  label: string
  about: string
  /** In a sentence that says how numbers are counted; without any it is not said. */
  words?: string
}

/** A part of a record: a whole number of at least 1. */
export interface Field {
  name: string
  label: string
  /** The name by which formulas read it; 0 where there is no record. */
  reads: string
  /** Where it may be left unsaid. */
  default?: number
}

/** A part of the workload: what is run, or a convention that numbers are counted by. */
export interface WorkloadKey {
  name: string
  /**
   * Tokens and counts are whole; a number is above 0; a format is bytes of an element, formats are those of weights by role; a
   * record holds several whole numbers.
   */
  type: 'tokens' | 'count' | 'number' | 'format' | 'formats' | 'choice' | 'record'
  /** Of a record. */
  fields?: readonly Field[]
  label: string
  /** For forms. */
  short: string
  about: string
  symbol?: string
  unit: string
  of?: readonly Choice[]
  min: number
  max?: Expression
  /** The first that an architecture says. Formats of weights are those a model is published in. */
  default: readonly Expression[]
  /** As the command line calls it, and an example for its help. Absent where another key's option says it. */
  option?: string
  example: string
  /** Names of a pass: no formula reads the key itself. */
  becomes?: readonly string[]
  /** The key that this one is said in the place of. */
  instead_of?: string
  /** The stacks a model must have for it, and what it is in others. */
  with?: readonly ('encoder' | 'decoder' | 'vision' | 'audio')[]
  without?: number | 'none'
  group: 'run' | 'convention'
}

export interface Question {
  name: string
  label: string
  about: string
  unit: string
  asked_of: 'model' | 'pass' | 'step'
  per: 'sequence' | 'step'
  split?: Split
  /** What each part of an answer says of itself beside its class. */
  parts_say: readonly ('cut' | 'holds')[]
  default?: Expression
}

/** By `format`, what decides the format of a weight: its role, or that quantisers leave it as it is. */
export type Split = 'role' | 'kind' | 'grows' | 'format'

/** What parts are told apart by: what answers are split by, and what ranks and formats of caches go by. */
export type ClassKey = Split | 'cut' | 'holds'

export interface Contract {
  /** What expressions may read: names of the architecture, of the pass, and of the workload. */
  names: readonly ContractName[]
  workload: readonly WorkloadKey[]
  questions: readonly Question[]
  classes: Record<ClassKey, readonly string[]>
  /** What each class is called where it stands under its whole. */
  words: Record<ClassKey, Readonly<Record<string, string>>>
  /** What may stand beside a language model, and what each is called. */
  towers: Readonly<Record<string, string>>
  /** What blocks may say they are, with the settings and quantities that each such block has, and those it tells the engine. */
  traits: Readonly<
    Record<string, { about: string; has: readonly string[]; tells?: readonly string[] }>
  >
}

/** What is asked: the model as stored, its prefill, or the decode step that sees the context. */
export type Occasion = 'model' | 'prefill' | 'decode'

/**
 * What kind of claim a number is: equal to a count; not to be beaten; expected, with an error; or resting on what nobody
 * measured.
 */
export type Mark = 'exact' | 'bound' | 'expected' | 'assumed'

/** A sum of what blocks answer. */
export interface Summed {
  occasion: Occasion
  /** Questions added up, or one class of their answers. */
  adds: readonly string[]
  of_class?: string
  /** The stacks: all, towers alone, or those of one kind; the language model's unless said, in a prefill with what feeds it. */
  over?: string
  /** What is added up are weights, each in the bytes of its format. */
  weighed?: 'stored' | 'read'
}

/** A shared function of other totals, and of numbers of the workload. */
export interface Called {
  calls: string
  of: readonly string[]
}

export interface TotalWords {
  /** As in the cost: `params.total`, `flops.prefill`. */
  name: string
  /** In full, and within its group. */
  label: string
  short: string
  about?: string
  why: string
  unit: string
  group: string
  mark: Mark
  /** The total that it is a class of. */
  part_of?: string
  /** The total that it is counted otherwise than. */
  otherwise?: string
  /** The total that it is by another name: no table lists it. */
  same_as?: string
  /** Compared where nothing else is asked. */
  usual?: true
}
export type Total = TotalWords & (Summed | Called)

export interface Totals {
  /** Titles by name, in the order they are shown. */
  groups: Readonly<Record<string, string>>
  /** In an order in which each needs only those before it; classes follow their whole. */
  totals: readonly Total[]
  /** Where the classes of a total stand in a cost: `params.by_role`. */
  splits: Readonly<Record<string, string>>
  /** Lists with an entry for each layer: in the cost and no totals. */
  lists: readonly { name: string; about: string }[]
  /** Parts of the cost that are null as a whole without a decoder, or without towers that are all known. */
  null_without_decoder: readonly string[]
  null_without_towers: readonly string[]
}

export interface Formulas {
  contract: Contract
  totals: Totals
  functions: Record<string, SharedFunction>
  blocks: Record<string, Mechanism>
  scenarios: Record<string, Mechanism>
  runtimes: Record<string, Mechanism & Runtime>
}
