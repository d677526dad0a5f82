/** What an import tells besides the architecture: where each key of the config went. */

export interface Note {
  level: 'warning' | 'info'
  text: string
  /** The extra module that it says is not counted. */
  extra?: string
}

/** A value that the config does not give, because it follows from what other keys say. */
export interface Derived {
  value: unknown
  /** What it follows from, such as `hidden_size / num_attention_heads`. */
  from: string
}

/** A key of something that the file describes and the architecture does not hold. */
export interface LeftOut {
  name: string
  why: string
  /** The extra module of the architecture that it speaks of, which can be counted. */
  extra?: string | undefined
  /** As the file has it, of keys of an extra module. */
  value?: unknown
}

/**
 * Every key of the config stands in exactly one list, under its full path, such as `rope_scaling.factor`;
 * a list is one key, and of an object each key inside. Keys that the config leaves out stand in `defaulted` and `derived`.
 */
export interface ImportReport {
  /** Keys of the config with the values they have there. */
  read: Record<string, unknown>
  /** Keys that are missing, or null, with the values that the family takes for them. */
  defaulted: Record<string, unknown>
  /** Keys that are missing, or null, with the values that follow from other keys. */
  derived: Record<string, Derived>
  /** Keys of what the file describes and is not counted: towers, modules beside the model. */
  left_out: LeftOut[]
  /** Keys that change no number. */
  ignored: string[]
  not_understood: string[]
}
