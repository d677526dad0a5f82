/** What a multimodal family is to the import: the towers beside its language model, and who decides on tied tables. */
import type { Architecture, Tower } from '../../architecture/schema.ts'
import type { TowerRole } from '../../formulas/index.ts'
import type { Defaults, Reader } from '../reader.ts'

/** Whose flag ties the tables of the language model. */
export type Ties =
  /** The outer config's alone; a missing one means tied. */
  | 'outer, or tied'
  /** The outer config's alone; a missing one means untied. */
  | 'outer, or untied'
  /** The outer config's, and where that says nothing the language model's own. */
  | 'outer, or text'
  /** Tied where either says so. */
  | 'either'
  /** Tied where either says so, and where the outer config says nothing. */
  | 'either, or tied'
  /** The language model's own. */
  | 'text'
  | 'never'

export interface TwoWay {
  what: 'images' | 'prompts'
  /** In layers with a window alone. */
  windowed?: true
}

export interface TowerFamily {
  /** What the outer configuration class takes for keys that a config leaves out. */
  defaults: Defaults
  ties: Ties
  /** @param text the language model, as it is read */
  build(c: Reader, text: Architecture): Tower[]
  /** What the outer class makes of the head, settings of its block, where that is not the language model's own. */
  head?: (c: Reader, text: Architecture) => Record<string, unknown>
  /** In which layers of the language model tokens of an image, or of a prompt with one, see what follows them. */
  two_way?: TwoWay | ((c: Reader) => TwoWay | undefined)
  /** Towers that the model has, said or not, and that `build` does not describe. */
  unmodelled?: (c: Reader) => readonly TowerRole[]
}
