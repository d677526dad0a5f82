/** What the engine is given and what it answers. Every number is for the whole batch unless it says otherwise. */
import type { Formats } from '../architecture/formats.ts'
import type { Cost, Expression, Mark, TowerRole, Workload } from '../formulas/index.ts'

export type { Cost, Expression, Formats, Mark, Workload }

export type Role = keyof Cost['params']['by_role']
/** By what a weight's format goes: its role, or that quantisers leave it as it is. */
export type FormatRole = keyof Cost['weights']['by_role']
export type Kind = keyof Cost['flops']['prefill_by_kind']

/** One kind of rotary embedding in a model, at the length of the context. */
export interface RotaryEntry {
  /** The kind of layers that use it. */
  layers: string
  /** Radians per token, one per pair of dimensions. */
  inv_freq: number[]
  attention_factor: number
}

/** A step of the tree under a number. */
export interface Derivation {
  /** Where it stands: `params.total`, `decoder.mixer.attention.params.query`, `decoder.mixer.attention.n_heads`. */
  address: string
  label: string
  symbol?: string
  value: number | number[] | string
  unit: string
  /** What kind of claim it is, where it is not exact. */
  mark?: Mark
  /** The sentence that says why. */
  why?: string
  /** As in the formula file; names in it are the inputs' names, `f:name` that of a shared function. */
  equation?: Expression
  /** The branch of the equation that its conditions choose, where it has any. */
  taken?: Expression
  /** The name by which the step above refers to this one. */
  name?: string
  /** In a sum: how many times this is counted. */
  times?: number
  inputs: Derivation[]
  source?: { title: string; url: string; section?: string }
  /** The formula file, or where a setting's value comes from. */
  file?: string
  /**
   * For a setting: given in the document, following from others or a plain default, or part of the workload; for one of a
   * scenario also taken from the model or the device, or changed by who asks.
   */
  origin?: 'given' | 'default' | 'workload' | 'model' | 'device' | 'changed'
}

/** A row of the table that says where a cost comes from: a block, over the layers of a group that hold it. */
export interface BreakdownRow {
  /** `decoder.mixer`, `decoder.input.token-embedding`. */
  address: string
  stack: 'encoder' | 'decoder' | TowerRole
  /** Which group of equal layers of the stack; null for its input and its output. */
  group: number | null
  sublayer: string
  block: string
  layers: number
  /** Every total of these layers; parameters by layer are left empty. */
  cost: Cost
}
