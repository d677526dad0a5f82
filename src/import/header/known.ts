/** What the metadata of a header, or the config beside it, says in keys that mean the same for every architecture. */
import type { Note } from '../report.ts'

/** Null, or left out, where nothing says it. */
export interface Known {
  name: string
  model_type?: string | undefined
  role?: 'decoder' | 'encoder' | undefined
  /** It scores tokens, though it decodes none. */
  scores?: boolean
  d_model?: number | undefined
  max_context?: number | undefined
  /** Layers without those of modules that predict further tokens. */
  n_layers?: number | undefined
  n_experts?: number | undefined
  /** Experts that a token uses. */
  top_k?: number | undefined
  /** Of layer `layer`; a number of key-value heads of 0 says that it does not attend. */
  heads: (layer: number) => Heads
  latent?: { rank?: number | undefined; rope?: number | undefined; key?: number | undefined; value?: number | undefined } // prettier-ignore
  /** Keys that a token attends to at most, chosen by an indexer. */
  sparse?: { top_k?: number | undefined } | undefined
  /** Which keys a layer sees; a text where that is not known, and why. */
  window: (layer: number) => Seen | string
  /** The layer carries a state on, whatever its tensors are called. */
  recurrent?: (layer: number) => boolean
  /** Numbers that a recurrent layer carries on; null where that is not known. */
  state?: { state: number; columns?: number | undefined } | undefined
  /** Layers at the end that read keys and values of earlier ones. */
  shared_kv_layers?: number | undefined
  /** What was read, by key. */
  read: Record<string, unknown>
  notes: Note[]
}

export interface Heads {
  n_heads?: number | undefined
  n_kv_heads?: number | undefined
  d_head?: number | undefined
  d_v?: number | undefined
}

export interface Seen {
  window?: number
  chunk?: number
}
