/** What the engine is given and what it answers. Every number is for the whole batch unless it says otherwise. */
import type { Formats } from '../architecture/formats.ts'
import type { Expression, Workload } from '../formulas/index.ts'

export type { Expression, Formats, Workload }

export type Role =
  | 'embedding'
  | 'position'
  | 'attention'
  | 'ffn'
  | 'experts'
  | 'shared_experts'
  | 'router'
  | 'norm'
  | 'state'
  | 'head'
  | 'other'
/** By what a weight's format goes: its role, or that quantisers leave it as it is. */
export type FormatRole = Role | 'unquantised'
export type Kind = 'linear' | 'experts' | 'attention' | 'convolution' | 'scan'

export interface Cost {
  params: {
    total: number
    active: number
    /** Active without the input table, where that is not the head's as well. */
    active_without_embedding: number
    non_embedding: number
    active_non_embedding: number
    /** The input token table alone. */
    embedding: number
    /** 0 where it is tied. */
    head: number
    by_role: Record<Role, number>
    /** Encoder layers first. A shared block counts in the layer that uses it first. */
    by_layer: number[]
  }
  flops: {
    /** With what is done once per sequence. */
    prefill: number
    prefill_by_kind: Record<Kind, number>
    /** The step that sees `context` tokens; null for encoders. */
    decode: number | null
    decode_by_kind: Record<Kind, number> | null
    elementwise_prefill: number
    elementwise_decode: number | null
  }
  bytes_written: {
    /** Recurrent states, anew in every step; null for encoders. */
    decode_states: number | null
  }
  /** Bytes of all that is stored, each part in its format. */
  weights: { bytes: number; by_role: Record<FormatRole, number> }
  bytes_read: {
    decode_weights: number | null
    decode_weights_by_role: Record<FormatRole, number> | null
    decode_cache: number | null
    /** Both together. */
    decode: number | null
  }
  /** null for encoders. */
  cache: {
    bytes: number
    growing: number
    bounded: number
    fixed: number
    by_runtime: { transformers: number; unified_pages: number; expanded_latent: number }
  } | null
  activation_bytes: number
}

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

/** A row of the table that says where a cost comes from: a block, over all the layers that hold it. */
export interface BreakdownRow {
  /** `decoder.mixer`, `decoder.input.token-embedding`. */
  address: string
  stack: 'encoder' | 'decoder'
  sublayer: string
  block: string
  layers: number
  params: number
  active_params: number
  prefill_flops: number
  decode_flops: number
  cache_bytes: number
  weight_read_bytes: number
}
