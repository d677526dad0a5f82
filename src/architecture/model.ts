/** A prepared architecture: every block found, its settings complete, equal layers together. */
import type {
  BlockFormulas,
  CostOfModel,
  Given,
  Names,
  Settings,
  Sums,
  TowerRole,
} from '../formulas/index.ts'
import type { Formats } from './formats.ts'
import type { Architecture, Stack } from './schema.ts'

/** A block at its place. */
export interface PlacedBlock {
  /** `mixer`, `mixer.except[0]`, `mixer.attention`, `mixer.before`, `input.token-embedding`; after the stack's role where there are two. */
  address: string
  /** The sublayer's name, or `input` or `output`. */
  sublayer: string
  /** Its own name in the document, where it has one. */
  name: string | undefined
  formulas: BlockFormulas
  given: Given
  settings: Settings
  /** Its parameters are those of a block before it. */
  stored_elsewhere: boolean
}

/** Layers that hold the same blocks. */
export interface LayerGroup {
  layers: readonly number[]
  blocks: readonly PlacedBlock[]
  /** Layers through which only some tokens pass; the router itself sees all. */
  routed: { capacity: number; router: PlacedBlock } | undefined
}

/** A block that may stand at several places alike. */
export interface HeldBlock {
  formulas: BlockFormulas
  settings: Settings
  /** How many layers hold it, or ends of the stack. */
  times: number
  /** The share of the tokens that enters these layers, where not all do. */
  capacity: number | undefined
}

export interface PreparedStack<Role = Stack['role']> {
  role: Role
  names: Names
  n_layers: number
  input: readonly PlacedBlock[]
  groups: readonly LayerGroup[]
  output: readonly PlacedBlock[]
  /** All of these, each distinct one once. */
  held: readonly HeldBlock[]
}

/** A stack beside the language model. */
export interface PreparedTower extends PreparedStack<TowerRole> {
  name: string
  /** The tower, or the stack of the language model, that is given what it makes. */
  feeds: string | undefined
}

export interface Model {
  architecture: Architecture
  /** Formats that its weights are published in. */
  weights: Formats
  /** Bytes of a weight in these, for each of `formatRoles`. */
  weight_bytes: readonly number[]
  /** Bytes of an element of its recurrent states, where it asks for a format. */
  state_bytes: number | undefined
  encoder: PreparedStack | undefined
  decoder: PreparedStack | undefined
  /** Decodes token after token, and what it keeps of them is known. */
  has_steps: boolean
  /** Has towers, all of which are known. */
  has_whole: boolean
  /** Those of the language model, in the order of the document. */
  stacks: readonly PreparedStack[]
  /** A tower stands before those that it feeds. */
  towers: readonly PreparedTower[]
  /** What the language model stores: the answers of its blocks, added up. */
  stored: Sums
  /** What it costs whatever runs. */
  cost: CostOfModel
}
