/** A prepared architecture: every block found, its settings complete, equal layers together. */
import type { BlockFormulas, Given, Names, Settings, TowerRole } from '../formulas/index.ts'
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

export interface PreparedStack<Role = Stack['role']> {
  role: Role
  names: Names
  n_layers: number
  input: readonly PlacedBlock[]
  groups: readonly LayerGroup[]
  output: readonly PlacedBlock[]
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
}
