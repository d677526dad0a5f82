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
  /** Tied where either says so. */
  | 'either'
  /** The language model's own. */
  | 'text'
  | 'never'

export interface TowerFamily {
  /** What the outer configuration class takes for keys that a config leaves out. */
  defaults: Defaults
  ties: Ties
  /** @param text the language model, as it is read */
  build(c: Reader, text: Architecture): Tower[]
  /** Towers that `build` does not describe. */
  unmodelled?: (c: Reader) => readonly TowerRole[]
}
